/// In which order the bytes of a number are written.
public enum ByteOrder: Hashable, Sendable, CaseIterable {
    /// The lowest byte first, as x86 and ARM do.
    case little
    /// The highest byte first, as networks do.
    case big
}

extension Span<UInt8> {
    /// The 32-bit number at an offset; four bytes must be there.
    @inline(__always)
    func word(at offset: Int, _ order: ByteOrder) -> UInt32 {
        let bytes = extracting(offset..<(offset &+ 4))
        let little =
            UInt32(bytes[0]) | UInt32(bytes[1]) &<< 8 | UInt32(bytes[2]) &<< 16 | UInt32(bytes[3]) &<< 24
        return order == .little ? little : little.byteSwapped
    }

    /// The 16-bit number at an offset; two bytes must be there.
    @inline(__always)
    func half(at offset: Int, _ order: ByteOrder) -> UInt16 {
        let bytes = extracting(offset..<(offset &+ 2))
        let little = UInt16(bytes[0]) | UInt16(bytes[1]) &<< 8
        return order == .little ? little : little.byteSwapped
    }

    /// The 64-bit number at an offset; eight bytes must be there.
    func doubleWord(at offset: Int, _ order: ByteOrder) -> UInt64 {
        let first = UInt64(word(at: offset, order))
        let second = UInt64(word(at: offset &+ 4, order))
        return order == .little ? second << 32 | first : first << 32 | second
    }

    /// The bytes as text; what is not UTF-8 becomes replacement characters.
    func text() -> String {
        String(decoding: indices.map { self[$0] }, as: UTF8.self)
    }
}
