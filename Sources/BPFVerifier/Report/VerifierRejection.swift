public import BPFModel

/// Why a program was refused: the first claim that couldn't be proved.
///
/// What it says is in ``claim`` and ``advice``; ``reason`` is for programs to go by, and ``path(_:)`` tells how the
/// proof came there and what it knew.
///
///     do {
///         _ = try Verifier().verify(spec)
///     } catch {
///         print(error)                               // two lines, and advice
///         print(error.reason.explanation)            // what is behind it, with examples
///         for known in error.path().registers { print("\(known.place) = \(known.text)") }
///     }
public struct VerifierRejection: Error, Hashable, Sendable {
    /// The instruction, counted from 0; nil where the program as a whole is refused.
    public let index: Int?
    /// The assertion that failed, where it belongs to one instruction.
    public let assertion: Assertion?
    /// What failed, in words, with the numbers.
    public let claim: String
    /// What to do about it, where that is known.
    public let advice: String?
    /// The branches that lead to the instruction and could have gone the other way, first to last.
    public let branches: [Branch]
    /// How many instructions the path to the failure has, with the one refused; 0 where there is no path.
    public let pathLength: Int
    /// The same branches, as the explorer's trail names them.
    let trail: [Int32]
    /// What was found.
    package let finding: Finding
    /// What was verified, and how.
    let attempt: Attempt

    /// A branch on the way to a failure.
    public struct Branch: Hashable, Sendable {
        /// The conditional jump, by index.
        public let index: Int
        /// Whether it was taken.
        public let taken: Bool
    }
}

extension VerifierRejection {
    /// The kind of the failure.
    public var reason: Reason { finding.reason }

    /// The program that was refused.
    public var program: ProgramSpec { attempt.program }

    /// The instruction; nil where the program as a whole is refused.
    public var instruction: Instruction? { index.map { program.code[$0] } }

    /// The slot the instruction starts at.
    public var slot: Int? { index.map { program.code.slot(of: $0) } }

    /// What the rejection says, line by line: the instruction, the claim that failed, and advice where there is one.
    ///
    /// - Parameter describe: writes an instruction in assembly.
    public func lines(describing describe: (Instruction) -> String) -> [String] {
        var lines: [String] = []
        if let index {
            lines.append("\(index): " + (instruction.map(describe) ?? ""))
        }
        lines.append(claim)
        if let advice { lines.append("advice: \(advice)") }
        return lines
    }
}

extension VerifierRejection: CustomStringConvertible {
    /// The instruction's number, the claim that failed and advice, one line each.
    ///
    /// ``lines(describing:)`` has the instruction itself.
    public var description: String {
        let place = index.map { ["instruction \($0) (slot \(slot ?? $0))"] } ?? []
        return (place + [claim] + (advice.map { ["advice: \($0)"] } ?? [])).joined(separator: "\n")
    }
}
