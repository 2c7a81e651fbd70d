import BPFExecution
import BPFModel
import BPFVerifier
import TestKit
import Testing

/// What the verifier accepts does no wrong, and does nothing that the proof did not foresee.
///
/// Every accepted program runs on the reference engine, which checks every access, with random packets, contexts,
/// memory and maps: it must not fault, and at every instruction the registers must be within what the proof claims.
@Suite struct SoundnessTests {
    /// A twentieth of the usual number of inputs: each is verified twice and runs several times.
    private static let count = max(1, Mutation.count / 20)
    private static let runs: UInt64 = 4

    @Test func generatedPrograms() throws {
        var random = Mutation.random("soundness of generated programs, a twentieth")
        var trial = try Trial()
        for _ in 0..<Self.count {
            let (spec, entry) = BlockGenerator.program(&random)
            try trial.check(spec, entry, &random, runs: Self.runs)
        }
        print("generated programs: \(trial)")
        #expect(trial.accepted > Self.count / 4)
    }

    @Test func mutatedPrograms() throws {
        var random = Mutation.random("soundness of mutated programs, a twentieth")
        var trial = try Trial()
        var mutants = try Mutants(ProgramType.allCases, onMemory: true)
        while trial.programs < Self.count {
            var mutant = mutants.next(&random)
            guard let code = try? InstructionSequence(decoding: mutant.slots) else { continue }
            mutant.spec.code = code
            if try trial.check(mutant.spec, mutant.entry, &random, runs: Self.runs) { mutants.keep(mutant, &random) }
        }
        print("mutated programs: \(trial)")
        #expect(trial.accepted > Self.count / 10)
    }
}
