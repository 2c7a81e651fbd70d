extension [UInt8] {
    /// Appends a 32-bit number.
    mutating func append(_ number: UInt32, _ order: ByteOrder) {
        let little = order == .little ? number : number.byteSwapped
        append(addingCapacity: 4) { bytes in
            for shift: UInt32 in stride(from: 0, to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: little &>> shift))
            }
        }
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
        var bytes = mutableSpan
        bytes[offset] = UInt8(truncatingIfNeeded: little)
        bytes[offset &+ 1] = UInt8(truncatingIfNeeded: little &>> 8)
        bytes[offset &+ 2] = UInt8(truncatingIfNeeded: little &>> 16)
        bytes[offset &+ 3] = UInt8(truncatingIfNeeded: little &>> 24)
    }

    /// Appends zeros until the bytes from `start` on are a multiple of four.
    mutating func pad(from start: Int = 0) {
        while (count - start) & 3 != 0 { append(0) }
    }
}
