extension LinkLayer {
    /// Reads a radiotap header: only its length matters here.
    mutating func readRadiotap(at start: Int, in bytes: Span<UInt8>) {
        guard let length = bytes.littleHalf(at: start &+ 2), length >= 8 else { return end(.truncated, at: start) }
        read80211(at: start &+ Int(length), in: bytes)
    }

    /// Reads an IEEE 802.11 header: frame control, duration, three addresses, sequence control, and, where the
    /// frame control asks for them, a fourth address (6 bytes), quality of service (2) and HT control (4).
    ///
    ///     first byte:   subtype (4) | type (2) | version (2)
    ///     second byte:  order | protected | more data | power | retry | more fragments | from DS | to DS
    mutating func read80211(at start: Int, in bytes: Span<UInt8>) {
        guard let control = bytes.byte(at: start), let flags = bytes.byte(at: start &+ 1) else {
            return end(.truncated, at: start)
        }
        let isData = control & 0x0c == 0x08
        let isNull = control & 0x40 != 0
        guard isData, !isNull else { return end(.noData(frameControl: control), at: start) }
        guard flags & 0x40 == 0 else { return end(.encrypted, at: start) }
        var length = 24
        if flags & 0x03 == 0x03 { length &+= 6 }
        if control & 0x80 != 0 {
            length &+= 2
            if flags & 0x80 != 0 { length &+= 4 }
        }
        readLLC(at: start &+ length, in: bytes)
    }
}
