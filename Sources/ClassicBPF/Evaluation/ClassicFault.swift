/// Why a program that no checker has passed could not run on.
///
/// A checked program never meets one, but for the step limit.
public struct ClassicFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The instruction that could not run, from 0.
    public let index: Int
    /// What is wrong there.
    public let message: String

    /// The place and what is wrong there.
    public var description: String { "instruction \(index): \(message)" }

    private init(_ index: Int, _ message: String) {
        self.index = index
        self.message = message
    }

    static func unknownCode(at index: Int, _ code: UInt16) -> Self {
        Self(index, "code 0x\(String(code, radix: 16)) is no operation")
    }

    static func outsideProgram(_ index: Int, count: Int) -> Self {
        Self(index, "outside the program of \(count) instructions")
    }

    static func cellOutOfRange(at index: Int, _ cell: UInt32) -> Self {
        Self(index, "memory cell \(cell) exceeds 15, the last")
    }

    static func divisionByZero(at index: Int) -> Self { Self(index, "division by the constant 0") }

    static func stepLimit(at index: Int, _ limit: Int) -> Self {
        Self(index, "no return within \(limit) instructions")
    }
}
