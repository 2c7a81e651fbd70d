internal import Weir

/// The path to a failure as people read it: instructions on the left, what is known after them on the right.
struct PathText {
    private let path: VerifierRejection.Path
    private let code: InstructionSequence
    private let disassembler: Disassembler

    init(_ path: VerifierRejection.Path, _ code: InstructionSequence, _ disassembler: Disassembler) {
        self.path = path
        self.code = code
        self.disassembler = disassembler
    }

    /// The widest column of instructions; longer ones move what is known to the right.
    private static let widestColumn = 44

    /// The lines; none where there is no path.
    var lines: [String] {
        guard let last = path.entries.last else { return [] }
        var rows: [(left: String, right: String)] = []
        if !path.start.isEmpty {
            rows.append(("at the start", path.start.map { text($0, frame: 0) }.joined(separator: ", ")))
        }
        for entry in path.entries.dropLast() {
            switch entry {
            case .step(let step): rows.append((instruction(step), outcome(step)))
            case .repetitions(let count): rows.append(("… \(Quantity.count(count, "more iteration"))", ""))
            }
        }
        if case .step(let step) = last {
            let known = step.before.map { text($0, frame: step.frame) }.joined(separator: ", ")
            rows.append((instruction(step), "refused" + (known.isEmpty ? "" : ": " + known)))
        }
        let width = min(rows.map(\.left.count).max() ?? 0, Self.widestColumn)
        return ["path:"]
            + rows.map { left, right in
                guard !right.isEmpty else { return "  \(left)" }
                return "  \(left)" + String(repeating: " ", count: max(0, width - left.count)) + "  \(right)"
            }
    }

    /// The instruction, further to the right for each function that waits for its own.
    private func instruction(_ step: VerifierRejection.Path.Step) -> String {
        String(repeating: "  ", count: step.frame) + "\(step.index): \(disassembler.text(of: code[step.index]))"
    }

    private func outcome(_ step: VerifierRejection.Path.Step) -> String {
        let known = step.after.map { text($0, frame: step.frame) }
        let taken = step.taken.map { [$0 ? "taken" : "not taken"] } ?? []
        return (taken + known).joined(separator: ", ")
    }

    private func text(_ known: Known, frame: Int) -> String {
        let place = known.place.frame == frame ? "\(known.place)" : "\(known.place) of function \(known.place.frame)"
        return "\(place) = \(known.text)"
    }
}
