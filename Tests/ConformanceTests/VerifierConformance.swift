import BPFModel
import BPFVerifier
import ClassicBPF
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

    /// The same for loaders that may not leak addresses.
    @Test func verifierTestsWithoutLeaks() throws {
        let maps = try VerifierMaps.shared()
        let cases = try SharedData.conformance("verifier_tests.jsonl", as: VerifierCase.self)
        let tally = VerdictTally("verifier_tests without leaks")
        var options = Verifier.Options.unprivileged
        // The right to leak addresses is not the right to load long programs.
        options.slotLimit = ProgramLimits.slots
        for test in cases where test.scope == "in" {
            guard let program = test.program(maps) else {
                tally.skip(test.id)
                continue
            }
            tally.compare(
                "\(test.id) \(test.name)", kernel: test.noperfmon ?? test.kernel,
                found: program.verdict(strict: test.isStrict, options: options))
        }
        // Linux guards these against a processor that guesses ahead, or loses track of a loop's end.
        let known: Set = [
            "value_ptr_arith#0", "value_ptr_arith#1", "value_ptr_arith#10", "value_ptr_arith#11", "atomic_bounds#0",
            "calls#26", "loops1#12", "loops1#13",
        ]
        tally.expect(atLeast: 680, laxer: known)
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

    /// Classic programs as eBPF, by both dialects: whatever is translated is accepted.
    @Test func translatedPrograms() throws {
        let tally = VerdictTally("translated classic programs")
        let filters = try SharedData.conformance("pcap_filters.jsonl", as: FilterCase.self).flatMap { filter in
            [filter.opt, filter.unopt].compactMap { $0.map { (filter.expr, $0) } }
        }
        let kernel = try ClassicCase.all().map { ($0.name, $0.insns) }
        for (name, code) in filters + kernel {
            let bytes = try #require([UInt8](hex: code))
            let classic = try ClassicProgram(bytes: bytes.span)
            for dialect in [ClassicDialect.linux, .libpcap] {
                guard let translation = try? classic.translated(dialect) else {
                    tally.skip(name)
                    continue
                }
                tally.compare("\(name), \(dialect)", kernel: .accept, found: verdict(on: translation.spec))
            }
        }
        tally.expect(atLeast: .max, laxer: [])
    }

    private func verdict(on spec: ProgramSpec) -> String? {
        do throws(VerifierRejection) {
            let verified = try Verifier().verify(spec)
            let limit = 20 * spec.code.count
            return verified.statistics.processed <= limit
                ? nil : "\(verified.statistics.processed) processed for \(spec.code.count)"
        } catch {
            return "\(error)"
        }
    }
}
