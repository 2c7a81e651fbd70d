/// Header fields read by offset: nil where the packet ends before the field does.
///
/// No length in a packet is trusted and no offset assumed to be inside it, so that reading a damaged packet can
/// only ever give nil.
extension Span where Element == UInt8 {
    @inline(__always)
    func has(_ length: Int, at offset: Int) -> Bool {
        offset >= 0 && length <= count && offset <= count &- length
    }

    @inline(__always)
    func byte(at offset: Int) -> UInt8? {
        has(1, at: offset) ? self[offset] : nil
    }

    /// Two bytes in network order.
    @inline(__always)
    func half(at offset: Int) -> UInt16? {
        guard has(2, at: offset) else { return nil }
        return UInt16(self[offset]) << 8 | UInt16(self[offset &+ 1])
    }

    /// Four bytes in network order.
    @inline(__always)
    func word(at offset: Int) -> UInt32? {
        guard has(4, at: offset) else { return nil }
        return UInt32(self[offset]) << 24 | UInt32(self[offset &+ 1]) << 16
            | UInt32(self[offset &+ 2]) << 8 | UInt32(self[offset &+ 3])
    }

    /// Eight bytes in network order.
    @inline(__always)
    func doubleWord(at offset: Int) -> UInt64? {
        guard let high = word(at: offset), let low = word(at: offset &+ 4) else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    /// Two bytes, least significant first, as the headers written by a capturing host are.
    @inline(__always)
    func littleHalf(at offset: Int) -> UInt16? {
        half(at: offset)?.byteSwapped
    }

    /// Four bytes, least significant first.
    @inline(__always)
    func littleWord(at offset: Int) -> UInt32? {
        word(at: offset)?.byteSwapped
    }
}
