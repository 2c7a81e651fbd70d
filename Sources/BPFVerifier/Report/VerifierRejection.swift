public import BPFModel

/// Why a program was refused: the first claim that couldn't be proved.
public struct VerifierRejection: Error, Hashable, Sendable {
    /// The instruction, counted from 0; nil where the program as a whole is refused.
    public let index: Int?
    /// The slot the instruction starts at.
    public let slot: Int?
    /// The instruction.
    public let instruction: Instruction?
    /// What was found.
    package let finding: Finding
    /// The assertion that failed, where it belongs to one instruction.
    public let assertion: Assertion?
    /// What failed, in words, with the numbers.
    public let claim: String
    /// What to do about it, where that is known.
    public let advice: String?
    /// The registers that hold something before the instruction, in order: name and what is known.
    public let registers: [RegisterReport]
    /// The branches that lead to the instruction, first to last.
    public let path: [Step]

    /// What was known of a register.
    public struct RegisterReport: Hashable, Sendable {
        /// The register.
        public let register: Register
        /// What it holds, in words.
        public let state: String
    }

    /// A branch on the way to a failure.
    public struct Step: Hashable, Sendable {
        /// The conditional jump, by index.
        public let index: Int
        /// Whether it was taken.
        public let taken: Bool
    }
}

extension VerifierRejection {
    /// The kind of the failure.
    public var reason: Reason { finding.reason }

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
