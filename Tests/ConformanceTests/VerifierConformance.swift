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
        let maps = try VerdictMap.shared()
        let cases = try SharedData.conformance("verifier_tests.jsonl", as: VerifierCase.self)
        let tally = VerdictTally("verifier_tests")
        for test in cases where test.scope == "in" {
            guard let program = test.program(maps) else {
                tally.skip(test.id)
                continue
            }
            tally.compare(test.id, kernel: test.kernel, found: program.verdict(strict: test.isStrict))
        }
        tally.expect(known: .privileged)
    }

    /// The same for loaders that may not leak addresses.
    @Test func verifierTestsWithoutLeaks() throws {
        let maps = try VerdictMap.shared()
        let cases = try SharedData.conformance("verifier_tests.jsonl", as: VerifierCase.self)
        let tally = VerdictTally("verifier_tests without leaks")
        var options = Verifier.Options.unprivileged
        // The right to leak addresses is one of several.
        options.isPrivileged = true
        options.slotLimit = ProgramLimits.slots
        for test in cases where test.scope == "in" && !test.needsLeaks {
            guard let program = test.program(maps) else {
                tally.skip(test.id)
                continue
            }
            tally.compare(
                test.id, kernel: test.noperfmon ?? test.kernel,
                found: program.verdict(strict: test.isStrict, options: options))
        }
        tally.expect(known: .withoutLeaks)
    }

    /// What the authors expect of unprivileged loaders, who may load socket filters.
    @Test func verifierTestsUnprivileged() throws {
        let maps = try VerdictMap.shared()
        let cases = try SharedData.conformance("verifier_tests.jsonl", as: VerifierCase.self)
        let tally = VerdictTally("verifier_tests unprivileged")
        for test in cases where test.scope == "in" && test.programType == "socket_filter" {
            guard let verdict = test.expect?.unpriv, let program = test.program(maps) else { continue }
            tally.compare(
                test.id, kernel: KernelVerdict(verdict: verdict, err: test.expect?.messages?.joined(separator: "; ")),
                found: program.verdict(strict: test.isStrict, options: .unprivileged))
        }
        tally.expect(atLeast: 0.5, known: .unprivileged)
    }

    /// Programs of C, as a linker leaves them.
    @Test func linkedPrograms() throws {
        let tally = VerdictTally("elf")
        for object in try ObjectCase.shared() {
            for test in object.programs {
                let id = "\(object.file) \(test.function ?? test.section)"
                guard let insns = test.insns, let verdict = test.verdict,
                    let type = ProgramType(name: test.programType),
                    var program = VerdictProgram(type: type, hex: insns, test.maps ?? [], { object.maps[$0] })
                else {
                    tally.skip(id)
                    continue
                }
                // Linux asks a program for its licence only where it calls a helper that needs one.
                program.license = object.license.isEmpty ? "GPL" : object.license
                tally.compare(
                    id, kernel: KernelVerdict(verdict: verdict, err: test.err), found: program.verdict(strict: false))
            }
        }
        tally.expect()
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
        tally.expect(known: .opcodes)
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
        tally.expect(atLeast: 1)
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
        tally.expect(atLeast: 1)
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
        tally.expect(atLeast: 1)
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
