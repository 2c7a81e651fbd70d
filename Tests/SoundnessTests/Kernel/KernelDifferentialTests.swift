import BPFModel
import BPFVerifier
import Foundation
import LinuxBPF
import TestKit
import Testing

/// How many programs of each kind are to be compared; nil where nobody asked.
private let wantedPrograms = ProcessInfo.processInfo.environment["WEIR_KERNEL_PROGRAMS"].flatMap { Int($0) }

/// The running kernel's verifier and ours say the same of the same programs.
///
/// Run by hand: `WEIR_KERNEL_PROGRAMS` is how many programs of each kind. None of them has callbacks: there are some on
/// which the verifier of Linux 6.18 itself writes out of bounds, and the machine is no longer to be trusted.
@Suite(
    .enabled(if: KernelBPF.isAvailable, "bpf(2) can't be called here"),
    .enabled(if: wantedPrograms != nil, "WEIR_KERNEL_PROGRAMS asks for no programs"))
struct KernelDifferentialTests {
    private static let count = wantedPrograms ?? 0

    @Test func generatedPrograms() throws {
        var random = Mutation.random("kernel differential of generated programs")
        var comparison = try Comparison()
        while comparison.programs < Self.count {
            let spec = BlockGenerator.program(&random, random.pick(BlockGenerator.loadable), .context, callbacks: false)
            try comparison.compare(spec.code.slots, spec, &random)
        }
        report(comparison, "generated programs")
    }

    @Test func mutatedPrograms() throws {
        var random = Mutation.random("kernel differential of mutated programs")
        var comparison = try Comparison()
        var mutants = try Mutants(BlockGenerator.loadable)
        while comparison.programs < Self.count {
            let mutant = mutants.next(&random)
            guard !mutant.namesFunctions else { continue }
            if try comparison.compare(mutant.slots, mutant.spec, &random) { mutants.keep(mutant, &random) }
        }
        report(comparison, "mutated programs")
    }

    /// Linux tells apart who may see addresses, and who may load programs with loops and functions.
    ///
    /// A tenth of the usual number: then the kernel also follows what a processor may guess, which takes long.
    @Test func withoutTheRightToLeak() throws {
        var options = Verifier.Options()
        options.mayLeakPointers = false
        options.mayReadUninitializedStack = false
        var random = Mutation.random("kernel differential of programs that may not leak addresses")
        var comparison = try Comparison(options, without: [.administration, .performanceMonitoring])
        var mutants = try Mutants(BlockGenerator.onPackets)
        while comparison.programs < Self.count / 10 {
            let mutant = mutants.next(&random)
            guard !mutant.namesFunctions else { continue }
            if try comparison.compare(mutant.slots, mutant.spec, &random) { mutants.keep(mutant, &random) }
            let spec = BlockGenerator.program(
                &random, random.pick(BlockGenerator.onPackets), .context, callbacks: false)
            try comparison.compare(spec.code.slots, spec, &random)
        }
        report(comparison, "programs that may not leak addresses")
    }

    private func report(_ comparison: Comparison, _ kind: String) {
        print("\(kind), Linux \(KernelBPF.release): \(comparison.programs)\n\(comparison)")
        #expect(comparison.accepted > comparison.programs / 10)
        // Other kernels have other texts, and know other things.
        if KernelBPF.release.hasPrefix(KnownDifference.release) { #expect(comparison.unexplained == []) }
    }
}
