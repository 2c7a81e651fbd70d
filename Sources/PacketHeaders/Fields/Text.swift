/// Text built in a byte buffer that is reused from packet to packet.
typealias Text = [UInt8]

extension Text {
    mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends a number in decimal, with zeros in front up to a width.
    mutating func append(decimal value: some BinaryInteger, width: Int = 1) {
        var rest = UInt64(truncatingIfNeeded: value)
        var digits = InlineArray<20, UInt8>(repeating: 0x30)
        var first = 20
        while rest > 0 {
            first &-= 1
            digits[first] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
            rest /= 10
        }
        for index in Swift.min(first, Swift.max(0, 20 &- width))..<20 { append(digits[index]) }
    }

    /// Appends a number in lower-case hexadecimal, with zeros in front up to a width.
    mutating func append(hex value: some BinaryInteger, width: Int = 1) {
        let value = UInt64(truncatingIfNeeded: value)
        var digits = Swift.max(1, (67 &- value.leadingZeroBitCount) / 4)
        if digits < width { digits = width }
        for digit in stride(from: digits &- 1, through: 0, by: -1) {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt64(digit &* 4)) & 15
            append(nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble)
        }
    }
}
