/// An IPv4 address.
public struct IPv4Address: RawRepresentable, Hashable, Sendable {
    /// The address as a number: `10.0.0.1` is 0x0a000001.
    public var rawValue: UInt32

    /// Wraps an address given as a number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension IPv4Address: Comparable {
    /// Orders addresses by their number.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.rawValue < right.rawValue }
}

extension IPv4Address: LosslessStringConvertible {
    /// The address in dotted decimal.
    public var description: String {
        var text = Text()
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads an address in dotted decimal: four numbers of 0 through 255, no leading zeros.
    public init?(_ description: String) {
        self.init(dottedDecimal: description.utf8)
    }

    init?(dottedDecimal text: some Collection<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        rawValue = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != 0x30 else { return nil }
            var value: UInt32 = 0
            for digit in part {
                guard (0x30...0x39).contains(digit) else { return nil }
                value = value &* 10 &+ UInt32(digit &- 0x30)
            }
            guard value <= 255 else { return nil }
            rawValue = rawValue << 8 | value
        }
    }

    /// Appends the address in dotted decimal to UTF-8 text.
    public func write(to text: inout [UInt8]) {
        text.append(decimal: rawValue >> 24)
        text.append(UInt8(ascii: "."))
        text.append(decimal: rawValue >> 16 & 255)
        text.append(UInt8(ascii: "."))
        text.append(decimal: rawValue >> 8 & 255)
        text.append(UInt8(ascii: "."))
        text.append(decimal: rawValue & 255)
    }
}
