/// Why bytes or text are not a classic BPF program.
public struct ClassicFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    private init(_ description: String) { self.description = description }

    static func unevenLength(_ count: Int) -> Self {
        Self(
            "\(count) bytes are not whole instructions of 8 bytes; \(count % 8) bytes are left over at offset \(count - count % 8)"
        )
    }

    static func missingCount(line: Int, found: String) -> Self {
        Self("line \(line): expected the number of instructions, found '\(found)'; the text is that of tcpdump -ddd")
    }

    static func notFourNumbers(line: Int, found: String) -> Self {
        Self("line \(line): expected the four decimal numbers code, jt, jf and k, found '\(found)'")
    }

    static func outOfRange(line: Int, field: String, found: String, maximum: UInt64) -> Self {
        Self("line \(line): \(field) is \(found), which is not a number from 0 through \(maximum)")
    }

    static func wrongCount(announced: Int, found: Int) -> Self {
        Self("line 1 announces \(announced) instructions, but \(found) follow; correct the number or the list")
    }
}
