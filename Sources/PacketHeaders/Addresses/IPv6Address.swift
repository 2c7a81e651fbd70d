/// An IPv6 address.
public struct IPv6Address: Hashable, Sendable {
    /// The first eight bytes as a number: the network prefix of most addresses.
    public var high: UInt64
    /// The last eight bytes as a number: the interface identifier of most addresses.
    public var low: UInt64

    /// Makes an address from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The group at an index of 0 through 7, counted as the text form counts them: from the left.
    func group(_ index: Int) -> UInt16 {
        let half = index < 4 ? high : low
        return UInt16(truncatingIfNeeded: half >> UInt64(48 &- 16 &* (index & 3)))
    }
}

extension IPv6Address: Comparable {
    /// Orders addresses by their bytes.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension IPv6Address: CustomStringConvertible {
    /// The address as RFC 5952 writes it, with an IPv4 tail in dotted decimal where `inet_ntop` writes one.
    public var description: String {
        var text = Text()
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the address's text form to UTF-8 text.
    public func write(to text: inout [UInt8]) {
        if let tail = embeddedIPv4 {
            text.append(low >> 32 == 0xffff ? "::ffff:" : "::")
            return tail.write(to: &text)
        }
        let zeros = longestZeroRun
        var index = 0
        while index < 8 {
            if index == zeros.lowerBound, !zeros.isEmpty {
                text.append("::")
                index = zeros.upperBound
            } else {
                if index > 0, index != zeros.upperBound || zeros.isEmpty { text.append(UInt8(ascii: ":")) }
                text.append(hex: group(index))
                index &+= 1
            }
        }
    }

    /// The IPv4 address of an IPv4-mapped (`::ffff:0:0/96`) or IPv4-compatible address.
    private var embeddedIPv4: IPv4Address? {
        guard high == 0, low >> 32 == 0xffff || (low >> 32 == 0 && low >> 16 != 0) else { return nil }
        return IPv4Address(rawValue: UInt32(truncatingIfNeeded: low))
    }

    /// The groups `::` stands for: the first of the longest runs of zeros, at least two groups long.
    private var longestZeroRun: Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index &+ 1
            } else if index &+ 1 &- start > max(best.count, 1) {
                best = start..<(index &+ 1)
            }
        }
        return best
    }
}
