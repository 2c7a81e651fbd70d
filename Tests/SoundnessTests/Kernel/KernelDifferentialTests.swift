import BPFModel
import BPFVerifier
import Foundation
import LinuxBPF
import TestKit
import Testing

/// The running kernel's verifier and ours say the same of the same programs.
///
/// `WEIR_KERNEL_PROGRAMS` asks for more programs of each kind than the usual number.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) can't be called here"))
struct KernelDifferentialTests {
    private static let count =
        ProcessInfo.processInfo.environment["WEIR_KERNEL_PROGRAMS"].flatMap { Int($0) } ?? 2000

    @Test func generatedPrograms() throws {
        var random = Mutation.random("kernel differential of generated programs")
        var comparison = try Comparison()
        while comparison.programs < Self.count {
            let spec = BlockGenerator.program(&random, random.pick(BlockGenerator.loadable), .context)
            try comparison.compare(spec.code.slots, spec, &random)
        }
        report(comparison, "generated")
    }

    @Test func mutatedPrograms() throws {
        var random = Mutation.random("kernel differential of mutated programs")
        var comparison = try Comparison()
        let real = try RealProgram.all(BlockGenerator.loadable)
        var bases: [ProgramSpec] = []
        while comparison.programs < Self.count {
            var spec: ProgramSpec
            if !real.isEmpty, random.oneIn(3) {
                spec = random.pick(real)
            } else if bases.isEmpty || random.oneIn(8) {
                spec = BlockGenerator.program(&random, random.pick(BlockGenerator.loadable), .context)
            } else {
                spec = random.pick(bases)
            }
            var slots = spec.code.slots
            for _ in 0..<Int.random(in: 1...3, using: &random) { random.mutate(&slots) }
            guard try comparison.compare(slots, spec, &random), let code = try? InstructionSequence(decoding: slots)
            else {
                continue
            }
            spec.code = code
            if bases.count < 200 { bases.append(spec) } else { bases[Int.random(in: 0..<200, using: &random)] = spec }
        }
        report(comparison, "mutated")
    }

    private func report(_ comparison: Comparison, _ kind: String) {
        print("\(kind) programs, Linux \(KernelBPF.release): \(comparison.programs)\n\(comparison)")
        #expect(comparison.accepted > Self.count / 10)
        // Other kernels have other texts, and know other things.
        if KernelBPF.release.hasPrefix(KnownDifference.release) { #expect(comparison.unexplained == []) }
    }
}
