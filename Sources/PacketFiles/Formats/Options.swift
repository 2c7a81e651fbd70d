/// The options at the end of a pcapng block: a code, a length, and a value padded to four bytes, again and again.
struct OptionCursor {
    static let end: UInt16 = 0
    static let comment: UInt16 = 1

    private let order: ByteOrder
    private var position: Int
    private let limit: Int

    /// One option; the range is that of its value.
    struct Option {
        var code: UInt16
        var value: Range<Int>
    }

    /// Starts at the first option of a block.
    init(_ range: Range<Int>, _ order: ByteOrder) {
        position = range.lowerBound
        limit = range.upperBound
        self.order = order
    }

    /// Where the next option begins.
    var offset: Int { position }

    /// The next option, including the one that ends the list; nil at the end of the block.
    mutating func next(in bytes: Span<UInt8>) throws(Damage) -> Option? {
        guard position < limit else { return nil }
        guard limit - position >= 4 else {
            throw .option("\(limit - position) bytes are too few for an option", at: position)
        }
        let code = bytes.half(at: position, order)
        let length = Int(bytes.half(at: position + 2, order))
        let start = position + 4
        let padded = (length + 3) & ~3
        guard padded <= limit - start else {
            throw .option("option \(code) of \(length) bytes exceeds the \(limit - start) left", at: position)
        }
        position = start + padded
        return Option(code: code, value: start..<(start + length))
    }
}
