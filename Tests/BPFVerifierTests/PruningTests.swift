import BPFModel
import BPFVerifier
import TestKit
import Testing

/// Ending paths early changes the work, never the verdict.
@Suite struct PruningTests {
    @Test func pruningKeepsTheVerdict() {
        var accepted = 0
        for seed: UInt64 in 0..<600 {
            let spec = RandomBranches.program(seed: seed)
            let full = reason(spec, .none)
            if full == nil { accepted += 1 }
            for pruning in [Verifier.Options.Pruning.sparse, .always] {
                let pruned = reason(spec, pruning)
                if (full == nil) != (pruned == nil) {
                    Issue.record("seed \(seed): \(String(describing: full)), pruned \(String(describing: pruned))")
                }
            }
        }
        // Both verdicts must be common for the comparison to mean something.
        #expect((100..<500).contains(accepted))
    }

    private func reason(_ spec: ProgramSpec, _ pruning: Verifier.Options.Pruning) -> VerifierRejection.Reason? {
        var options = Verifier.Options()
        options.pruning = pruning
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            return nil
        } catch {
            return error.reason
        }
    }
}
