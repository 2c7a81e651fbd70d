/// An IEEE 802 address of 48 bits.
public struct MACAddress: RawRepresentable, Hashable, Sendable {
    /// The address as a number below 2⁴⁸: `00:00:5e:00:53:01` is 0x5e005301.
    public var rawValue: UInt64

    /// Wraps an address given as a number; the upper 16 bits are dropped.
    public init(rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

    /// Reads the address at an offset of a packet; nil where the packet ends before it does.
    init?(_ bytes: borrowing Span<UInt8>, at offset: Int) {
        guard let high = bytes.half(at: offset), let low = bytes.word(at: offset &+ 2) else { return nil }
        self.init(rawValue: UInt64(high) << 32 | UInt64(low))
    }
}

extension MACAddress: LosslessStringConvertible {
    /// The address as six pairs of lower-case hexadecimal digits with colons between.
    public var description: String {
        var text = Text()
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads six groups of one or two hexadecimal digits with colons or hyphens between.
    public init?(_ description: String) {
        let parts = description.utf8.split(omittingEmptySubsequences: false) { $0 == 0x3a || $0 == 0x2d }
        guard parts.count == 6 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard let first = part.first, first != UInt8(ascii: "+"), part.count <= 2,
                let byte = UInt8(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            value = value << 8 | UInt64(byte)
        }
        self.init(rawValue: value)
    }

    /// Appends the address's text form to UTF-8 text.
    public func write(to text: inout [UInt8]) {
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            if shift < 40 { text.append(UInt8(ascii: ":")) }
            text.append(hex: rawValue >> shift & 255, width: 2)
        }
    }
}
