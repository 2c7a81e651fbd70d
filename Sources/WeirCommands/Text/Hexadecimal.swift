/// Bytes and numbers as hexadecimal digits.
package enum Hexadecimal {
    /// Two lower-case digits.
    package static func digits(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Two lower-case digits for each byte.
    package static func digits(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { digits($0) }.joined()
    }

    /// The bytes that a person wrote in hexadecimal: digits in pairs, with spaces, line ends, colons, commas and `0x`
    /// allowed between pairs; nil where it is not that.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        var high: UInt8?
        var isPrefix = false
        for character in text.utf8 {
            if isPrefix {
                guard character | 0x20 == UInt8(ascii: "x") || digit(character) != nil else { return nil }
                isPrefix = false
                if character | 0x20 == UInt8(ascii: "x") {
                    high = nil
                    continue
                }
            }
            if let digit = digit(character) {
                if let first = high {
                    result.append(first << 4 | digit)
                    high = nil
                } else {
                    high = digit
                    isPrefix = digit == 0
                }
            } else {
                guard high == nil, separators.contains(character) else { return nil }
            }
        }
        return high == nil ? result : nil
    }

    private static let separators: [UInt8] = Array(" \t\r\n:,".utf8)

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
