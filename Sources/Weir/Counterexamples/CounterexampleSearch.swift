import BPFExecution
import BPFModel
import BPFVerifier

/// Changes a packet until a program fails at one instruction on it.
///
/// It goes by what runs show: where one leaves the path, values close to the two that were compared there are put
/// where the program had looked before, one at a time, and whatever gets further along the path is kept.
struct CounterexampleSearch {
    private let runner: ObservedRun
    private let path: [Int]
    private let index: Int
    private let type: ProgramType
    private var random: RandomNumbers
    private var attempts = 0
    private var found: Counterexample?

    /// The longest path that is followed, in instructions.
    private static let longestPath = 20_000

    init?(_ rejection: VerifierRejection, at index: Int, seed: UInt64) {
        guard (1...Self.longestPath).contains(rejection.pathLength),
            let runner = ObservedRun(rejection.program, budget: rejection.pathLength + 1000)
        else { return nil }
        self.runner = runner
        self.index = index
        type = rejection.program.type
        path = rejection.instructions
        random = RandomNumbers(state: seed)
    }

    mutating func run() -> Counterexample? {
        var best = Candidate()
        var observation = observe(best)
        while found == nil, let better = improve(best, observation) {
            (best, observation) = better
        }
        while found == nil, attempts < Counterexample.attempts {
            let changed = best.changed(at: observation.inputs, by: &random)
            let seen = observe(changed)
            if seen.isFurther(than: observation) { (best, observation) = (changed, seen) }
        }
        return found
    }

    /// The first change that lets a run go further along the path; nil where none does, or one is found that fails.
    private mutating func improve(
        _ candidate: Candidate, _ observation: Observation
    ) -> (Candidate, Observation)? {
        for change in observation.changes(of: candidate) {
            guard found == nil, attempts < Counterexample.attempts else { return nil }
            let seen = observe(change)
            if seen.isFurther(than: observation) { return (change, seen) }
        }
        return nil
    }

    private mutating func observe(_ candidate: Candidate) -> Observation {
        attempts += 1
        let (observation, fault) = runner.observe(candidate, along: path)
        if let fault, fault.instruction == index, !fault.reason.isExhaustion, found == nil {
            found = Counterexample(candidate, of: type, fault)
        }
        return observation
    }
}

extension Fault.Reason {
    /// Whether the run was only too long.
    fileprivate var isExhaustion: Bool {
        if case .budgetExhausted = self { true } else { false }
    }
}

/// Random numbers that are the same for the same seed.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct RandomNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
