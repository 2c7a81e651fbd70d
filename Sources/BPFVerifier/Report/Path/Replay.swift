import BPFModel

/// Goes along the path to a failure once more.
///
/// The program is explored as it was the first time, since what is known on one path may depend on those before it;
/// only the steps of the path to the failure count.
struct Replay {
    private var explorer: Explorer
    private let path: Set<Int32>
    /// The instruction of the path that comes next.
    private(set) var index = 0

    /// What is known before that instruction.
    var state: MachineState { explorer.state }

    /// - Returns: nil where the program has no paths to go.
    init?(_ rejection: VerifierRejection) {
        let attempt = rejection.attempt
        guard let flow = try? ControlFlow(attempt.program.code) else { return nil }
        explorer = Explorer(attempt.program, entry: attempt.entry, flow, options: attempt.options)
        path = Set(rejection.trail)
    }

    /// Goes over an instruction; false where the failure is.
    mutating func advance() -> Bool {
        repeat {
            guard let next = try? explorer.step(at: index) ?? explorer.resume() else { return false }
            index = next
        } while explorer.trail.last >= 0 && !path.contains(explorer.trail.last)
        return true
    }
}
