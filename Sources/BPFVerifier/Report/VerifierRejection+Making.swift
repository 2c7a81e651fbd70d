import BPFModel

extension VerifierRejection {
    /// A program refused as a whole.
    init(_ failure: Failure, _ attempt: Attempt) {
        self.init(failure, at: nil, attempt)
    }

    /// A program refused for its structure.
    init(_ located: Failure.Located, _ attempt: Attempt) {
        self.init(located.failure, at: located.instruction, attempt)
    }

    /// A program refused where the explorer stopped.
    init(_ located: Failure.Located, _ explorer: Explorer, _ attempt: Attempt) {
        let failed = explorer.code[located.instruction].assertions
            .first { assertion in
                do throws(Failure) {
                    try explorer.checker.check(assertion, in: explorer.state)
                    return false
                } catch { return true }
            }
        self.init(
            located.failure, at: located.instruction, attempt, assertion: failed, branches: explorer.trail.branches,
            trail: explorer.trail.path, pathLength: explorer.trail.length(processed: explorer.statistics.processed))
    }

    private init(
        _ failure: Failure, at index: Int?, _ attempt: Attempt, assertion: Assertion? = nil, branches: [Branch] = [],
        trail: [Int32] = [], pathLength: Int = 0
    ) {
        self.attempt = attempt
        self.index = index
        finding = failure.finding
        self.assertion = assertion
        claim = attempt.program.namingMaps(in: failure.claim)
        advice = failure.advice
        self.branches = branches
        self.trail = trail
        self.pathLength = pathLength
    }
}

extension ProgramSpec {
    /// A text of the verifier's, which knows maps by number, with the names of those that have one.
    func namingMaps(in text: String) -> String {
        text.replacing(/\bmap (-?[0-9]+)/) { match in
            let name = Int32(match.output.1).flatMap { maps[$0]?.name } ?? ""
            return name.isEmpty ? String(match.output.0) : "map \(name)"
        }
    }
}
