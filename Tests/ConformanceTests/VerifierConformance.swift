import BPFModel
import BPFVerifier
import Foundation
import TestKit
import Testing

/// The verifier against Linux's, on the verdicts of the shared vectors.
@Suite struct VerifierConformance {
    /// Verifier tests: agreement per case, every disagreement printed with its direction.
    @Test func verifierTests() throws {
        let maps = try VerifierMaps.shared()
        let cases = try SharedData.conformance("verifier_tests.jsonl", as: VerifierCase.self)
        let tally = VerdictTally("verifier_tests")
        for test in cases where test.scope == "in" {
            guard let program = test.program(maps) else {
                tally.skip(test.id)
                continue
            }
            tally.compare(
                "\(test.id) \(test.name)", kernel: test.kernel, found: program.verdict(strict: test.isStrict))
        }
        tally.expect(atLeast: 691, laxer: [])
    }

    /// Every opcode byte with field variants.
    @Test func opcodeMatrix() throws {
        let prologue =
            "bf160000000000007a0af8ff443322117a0af0ff88776655bfa200000000000007020000f8ffffffb703000005000000b704000007000000b700000001000000"
        let cases = try SharedData.conformance("opcode_matrix.jsonl", as: OpcodeCase.self)
        let tally = VerdictTally("opcode_matrix")
        for test in cases {
            let code = prologue + test.insn + (test.epilogue == false ? "" : "b7000000000000009500000000000000")
            let program = VerdictProgram(type: .socketFilter, bytes: [UInt8](hex: code) ?? [], maps: [:])
            tally.compare(
                "\(test.op) \(test.variant)", kernel: KernelVerdict(verdict: test.verdict, err: test.err),
                found: program.verdict(strict: false))
        }
        tally.expect(atLeast: 3815, laxer: [])
    }

    /// The programs of the kernel's own tests, as socket filters.
    @Test(arguments: ["kernel_test_bpf.jsonl"]) func kernelTests(file: String) throws {
        let cases = try SharedData.conformance("kernel_test_bpf.jsonl", as: KernelCase.self)
        let tally = VerdictTally("kernel_test_bpf")
        for test in cases {
            guard test.type == "ebpf", let kernel = test.kernel else { continue }
            let program = VerdictProgram(type: .socketFilter, bytes: [UInt8](hex: test.insns) ?? [], maps: [:])
            tally.compare("\(test.id) \(test.name)", kernel: kernel, found: program.verdict(strict: false))
        }
        tally.expect(atLeast: 574, laxer: [])
    }

    /// Instruction conformance programs, called with memory.
    @Test func conformancePrograms() throws {
        let cases = try SharedData.conformance("bpf_conformance.jsonl", as: MemoryCase.self)
        let tally = VerdictTally("bpf_conformance")
        for test in cases {
            var program = VerdictProgram(type: .xdp, bytes: [UInt8](hex: test.insns) ?? [], maps: [:])
            program.entry = .memory(size: test.mem.count / 2)
            tally.compare(test.name, kernel: test.kernel, found: program.verdict(strict: false))
        }
        tally.expect(atLeast: 235, laxer: [])
    }
}
