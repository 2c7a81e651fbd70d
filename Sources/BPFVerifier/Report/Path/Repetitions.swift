/// Turns of a loop that do the same instructions, of which only the first and the last are shown.
enum Repetitions {
    /// What is shown of a row of steps.
    enum Piece: Hashable {
        case step(Int)
        /// So many turns are left out.
        case omitted(turns: Int)
    }

    /// The longest turn that is looked for, in steps.
    private static let longestTurn = 4096
    /// How many ways to split a row into turns are tried at each step.
    private static let attempts = 8

    /// What is shown of steps with the given instructions; pieces name them by their place in the row.
    static func pieces(of instructions: [Int32]) -> [Piece] {
        var pieces: [Piece] = []
        append(0..<instructions.count, of: instructions, nextSame(in: instructions), to: &pieces)
        return pieces
    }

    private static func append(
        _ range: Range<Int>, of instructions: [Int32], _ nextSame: [Int], to pieces: inout [Piece]
    ) {
        var position = range.lowerBound
        while position < range.upperBound {
            guard let (length, turns) = turns(at: position, before: range.upperBound, instructions, nextSame) else {
                pieces.append(.step(position))
                position += 1
                continue
            }
            let last = position + length * (turns - 1)
            append(position..<(position + length), of: instructions, nextSame, to: &pieces)
            pieces.append(.omitted(turns: turns - 2))
            append(last..<(last + length), of: instructions, nextSame, to: &pieces)
            position = last + length
        }
    }

    /// The length and number of equal turns from a step on; nil for fewer than three.
    private static func turns(
        at start: Int, before end: Int, _ instructions: [Int32], _ nextSame: [Int]
    ) -> (length: Int, turns: Int)? {
        var candidate = nextSame[start]
        for _ in 0..<attempts {
            let length = candidate - start
            guard candidate < end, length <= longestTurn, start + 3 * length <= end else { return nil }
            var same = 0
            while start + same + length < end, instructions[start + same] == instructions[start + same + length] {
                same += 1
            }
            if same >= 2 * length { return (length, same / length + 1) }
            candidate = nextSame[candidate]
        }
        return nil
    }

    /// For each step, the next one of the same instruction; past the end where there is none.
    private static func nextSame(in instructions: [Int32]) -> [Int] {
        var next = [Int](repeating: .max, count: instructions.count)
        var seen: [Int32: Int] = [:]
        for position in instructions.indices.reversed() {
            if let later = seen[instructions[position]] { next[position] = later }
            seen[instructions[position]] = position
        }
        return next
    }
}
