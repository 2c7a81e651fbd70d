extension TraceFormat {
    /// The flags and the width of a conversion.
    struct Field {
        private var padsWithZeros = false
        private var isLeft = false
        private var showsPlus = false
        private var showsSpace = false
        private var width: Int?

        /// The widest field, as in Linux.
        private static let widest = 1 << 23 - 1

        /// What a conversion writes.
        struct Text {
            var before = 0
            var pad = UInt8(ascii: " ")
            var text: [UInt8]
            var after = 0
        }

        mutating func take(flag: UInt8) -> Bool {
            switch flag {
            case UInt8(ascii: "0"): padsWithZeros = true
            case UInt8(ascii: "-"): isLeft = true
            case UInt8(ascii: "+"): showsPlus = true
            case UInt8(ascii: " "): showsSpace = true
            default: return false
            }
            return true
        }

        mutating func take(digit: UInt8) -> Bool {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return false }
            width = min((width ?? 0) * 10 + Int(digit - UInt8(ascii: "0")), Self.widest)
            return true
        }

        /// A text in the field, which only spaces fill.
        func padded(_ text: [UInt8]) -> Text {
            let missing = max(0, (width ?? 0) - text.count)
            return Text(before: isLeft ? 0 : missing, text: text, after: isLeft ? missing : 0)
        }

        /// A number in the field.
        func number(
            _ magnitude: UInt64, radix: Int, negative: Bool = false, signed: Bool = false, uppercase: Bool = false
        ) -> Text {
            let digits = Array(String(magnitude, radix: radix, uppercase: uppercase).utf8)
            let sign: [UInt8] =
                if negative {
                    [UInt8(ascii: "-")]
                } else if signed, showsPlus {
                    [UInt8(ascii: "+")]
                } else if signed, showsSpace {
                    [UInt8(ascii: " ")]
                } else {
                    []
                }
            guard padsWithZeros, !isLeft else { return padded(sign + digits) }
            let missing = max(0, (width ?? 0) - sign.count - digits.count)
            return Text(text: sign + [UInt8](repeating: UInt8(ascii: "0"), count: missing) + digits)
        }

        /// An address in the field: 16 digits where no width is given.
        func pointer(_ value: UInt64) -> Text {
            if width != nil { return number(value, radix: 16) }
            var field = Field()
            field.width = 16
            field.padsWithZeros = true
            return field.number(value, radix: 16)
        }
    }
}

// Characters as Linux's `ctype.h` sorts them, with those of Latin-1.
extension UInt8 {
    var isSpace: Bool { (9...13).contains(self) || self == 0x20 || self == 0xa0 }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isPrintable: Bool { (0x20...0x7e).contains(self) || self >= 0xa0 }
    var isPunctuation: Bool { isPrintable && !isSpace && !isAlphanumeric }
    private var isDigit: Bool { (0x30...0x39).contains(self) }
    private var isLetter: Bool {
        (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) || (self >= 0xc0 && self != 0xd7 && self != 0xf7)
    }
}
