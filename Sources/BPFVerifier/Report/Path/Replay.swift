import BPFModel

/// Goes along one path of a program once more.
///
/// The explorer that made the path does the work; without pruning it can't end before the path does.
struct Replay {
    private var explorer: Explorer
    private let branches: [VerifierRejection.Branch]
    private var nextBranch = 0
    /// The instruction that comes next.
    private(set) var index = 0

    /// What is known before that instruction.
    var state: MachineState { explorer.state }

    /// - Returns: nil where the program has no paths to go.
    init?(_ rejection: VerifierRejection) {
        let attempt = rejection.attempt
        var options = attempt.options
        options.pruning = .none
        options.recordsClaims = false
        guard let flow = try? ControlFlow(attempt.program.code) else { return nil }
        explorer = Explorer(attempt.program, entry: attempt.entry, flow, options: options)
        branches = rejection.branches
    }

    /// Goes over an instruction; false where the path ends before it.
    mutating func advance() -> Bool {
        let waiting = explorer.pending.count
        let origin = index
        guard var next = try? explorer.step(at: origin) else { return false }
        if explorer.pending.count > waiting {
            guard nextBranch < branches.count, branches[nextBranch].index == origin else { return false }
            if branches[nextBranch].taken, let other = explorer.resume() { next = other }
            nextBranch += 1
            explorer.pending.removeLast(explorer.pending.count - waiting)
        }
        index = next
        return true
    }
}
