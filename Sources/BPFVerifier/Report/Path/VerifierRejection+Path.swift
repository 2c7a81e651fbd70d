import BPFModel

extension VerifierRejection {
    /// How the proof came to the claim that failed, and what it knew on the way.
    public struct Path: Hashable, Sendable {
        /// What is known at the start of the program, as far as the steps build on it.
        public let start: [Known]
        /// The steps, first to last; the last one is the instruction that was refused.
        public let entries: [Entry]
        /// What all registers hold before the refused instruction, but for those that hold nothing.
        public let registers: [Known]

        /// Which steps a path has.
        public enum Detail: String, Hashable, Sendable, CaseIterable {
            /// Only those the failed claim depends on: what its registers were computed from, and the branches
            /// that said something about them.
            case minimal
            /// Every instruction.
            case full
        }

        /// A line of a path.
        public enum Entry: Hashable, Sendable {
            case step(Step)
            /// So many more times the same instructions, once for each turn of a loop.
            case repetitions(Int)
        }

        /// An instruction on the path.
        public struct Step: Hashable, Sendable {
            /// The instruction, counted from 0.
            public let index: Int
            /// How many functions wait for the one it belongs to.
            public let frame: Int
            /// For a conditional jump, whether it is taken.
            public let taken: Bool?
            /// What is known beforehand of what it reads.
            public let before: [Known]
            /// What is known afterwards of what it changes.
            public let after: [Known]
        }
    }

    /// Goes along the path to the failure once more, and writes down what is known.
    ///
    /// That takes as long as the proof took to fail; keep the result. A program refused as a whole, or for its structure, has
    /// no path: nothing is in it.
    public func path(_ detail: Path.Detail = .minimal) -> Path {
        guard let index, let trace = PathTrace(self) else { return Path(start: [], entries: [], registers: []) }
        let selection = PathSelection(trace, self, at: index, detail)
        return Path(selection, trace, self)
    }
}

extension VerifierRejection {
    /// The instructions of the path, first to last, with the one refused; none where there is no path.
    package var instructions: [Int] { PathTrace(self)?.steps.map { Int($0.index) } ?? [] }
}

/// What a verifier was asked to prove.
struct Attempt: Hashable, Sendable {
    let program: ProgramSpec
    let entry: ProgramEntry
    let options: Verifier.Options
}
