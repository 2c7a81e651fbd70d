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
        let real = try RealProgram.all(BlockGenerator.runnable)
        var bases: [(spec: ProgramSpec, entry: ProgramEntry)] = []
        while trial.programs < Self.count {
            var (spec, entry) =
                !real.isEmpty && random.oneIn(3)
                ? (random.pick(real), .context)
                : bases.isEmpty || random.oneIn(8) ? BlockGenerator.program(&random) : random.pick(bases)
            var slots = spec.code.slots
            for _ in 0..<Int.random(in: 1...3, using: &random) { random.mutate(&slots) }
            guard let code = try? InstructionSequence(decoding: slots) else { continue }
            spec.code = code
            guard try trial.check(spec, entry, &random, runs: Self.runs) else { continue }
            if bases.count < 200 {
                bases.append((spec, entry))
            } else {
                bases[Int.random(in: 0..<200, using: &random)] = (spec, entry)
            }
        }
        print("mutated programs: \(trial)")
        #expect(trial.accepted > Self.count / 10)
    }
}
