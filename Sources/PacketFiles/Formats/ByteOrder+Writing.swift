extension [UInt8] {
    /// Appends a 32-bit number.
    mutating func append(_ number: UInt32, _ order: ByteOrder) {
        let little = order == .little ? number : number.byteSwapped
        for shift: UInt32 in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: little >> shift)) }
    }

    /// Appends a 16-bit number.
    mutating func append(_ number: UInt16, _ order: ByteOrder) {
        let little = order == .little ? number : number.byteSwapped
        append(UInt8(truncatingIfNeeded: little))
        append(UInt8(truncatingIfNeeded: little >> 8))
    }

    /// The bytes of a 64-bit number.
    init(number: UInt64, _ order: ByteOrder) {
        let little = order == .little ? number : number.byteSwapped
        self = (0..<8).map { UInt8(truncatingIfNeeded: little >> UInt64(8 * $0)) }
    }

    /// Replaces the 32-bit number at an offset; four bytes must be there.
    mutating func replace(at offset: Int, by number: UInt32, _ order: ByteOrder) {
        let little = order == .little ? number : number.byteSwapped
        for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: little >> UInt32(8 * index)) }
    }

    /// Appends zeros up to a multiple of four bytes.
    mutating func pad() {
        while count & 3 != 0 { append(0) }
    }
}
