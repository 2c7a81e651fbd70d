import BPFModel

/// A number written in text, as `bpf_strtol` and `bpf_strtoul` read it.
///
/// White space, then a minus sign, then digits of the base; of what follows the space 63 characters count.
///
/// Source: Linux, `__bpf_strtoull` in `kernel/bpf/helpers.c` and `_parse_integer` in `lib/kstrtox.c`.
struct NumberText {
    /// How many characters were read, white space and signs included.
    private(set) var length: Int
    private let magnitude: UInt64
    private let isNegative: Bool

    /// Reads the number at the beginning of a text.
    ///
    /// - Parameters:
    ///   - text: the text, which needs no end.
    ///   - flags: the base in the low five bits: 8, 10, 16, or 0 to go by a prefix `0x` or `0`.
    /// - Throws: `EINVAL` for another base, other flags and where there is no number; `ERANGE` beyond 64 bits.
    init(_ text: Span<UInt8>, _ flags: UInt64) throws(Errno) {
        guard [0, 8, 10, 16].contains(flags) else { throw .invalid }
        var start = 0
        while start < text.count, Self.isSpace(text[start]) { start += 1 }
        isNegative = start < text.count && text[start] == UInt8(ascii: "-")
        if isNegative { start += 1 }
        guard start < text.count else { throw .invalid }
        let digits = text.extracting(start..<min(text.count, start + 63))
        let (base, prefix) = Self.base(UInt64(flags), digits)
        var value: UInt64 = 0
        var count = prefix
        var overflows = false
        while count < digits.count, let digit = Self.digit(digits[count]), digit < base {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(digit)
            value = sum
            overflows = overflows || tooLarge || carry
            count += 1
        }
        guard !overflows else { throw .range }
        guard count > prefix else { throw .invalid }
        magnitude = value
        length = start + count
    }

    /// The number with its sign, as two's complement.
    var signed: UInt64 {
        get throws(Errno) {
            guard magnitude <= (isNegative ? 1 &<< 63 : 1 &<< 63 &- 1) else { throw .range }
            return isNegative ? 0 &- magnitude : magnitude
        }
    }

    /// The number, which must have no minus sign.
    var unsigned: UInt64 {
        get throws(Errno) {
            guard !isNegative else { throw .invalid }
            return magnitude
        }
    }

    /// The base that is meant, and how long the prefix is that says so.
    private static func base(_ base: UInt64, _ digits: Span<UInt8>) -> (base: UInt64, prefix: Int) {
        let isPrefixed = digits.count > 1 && digits[0] == UInt8(ascii: "0") && digits[1] | 0x20 == UInt8(ascii: "x")
        switch base {
        case 0 where isPrefixed && digits.count > 2 && digit(digits[2]) != nil: return (16, 2)
        case 0: return (digits[0] == UInt8(ascii: "0") ? 8 : 10, 0)
        case 16: return (16, isPrefixed ? 2 : 0)
        default: return (base, 0)
        }
    }

    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// White space in Linux's table of characters, which is Latin-1's.
    private static func isSpace(_ character: UInt8) -> Bool {
        character == 0x20 || (0x09...0x0d).contains(character) || character == 0xa0
    }
}
