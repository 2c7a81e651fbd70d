public import PacketBuffers

/// One readable line for each packet, in tcpdump's spirit.
///
///     10:21:47.698870 IP 10.0.0.1.42 > 10.0.0.2.80: Flags [S], seq 1, win 64240, length 0
///
/// A packet that ends too early is printed as far as it goes, with `[|tcp]` or the like where it ends; sequence
/// numbers are those of the packet, never relative. Nothing in a packet can make it fail.
///
/// ```swift
/// let line = PacketLine(fractionDigits: 6)
/// var text: [UInt8] = []
/// line.write(packet, of: record, to: &text)
/// text.append(UInt8(ascii: "\n"))
/// ```
public struct PacketLine: Hashable, Sendable {
    /// How many digits of the second's fraction are printed, 0 through 9.
    public var fractionDigits: Int

    /// Makes a printer of lines.
    ///
    /// - Parameter fractionDigits: the capture's resolution: 6 for microseconds, 9 for nanoseconds.
    public init(fractionDigits: Int = 6) {
        self.fractionDigits = min(max(fractionDigits, 0), 9)
    }

    /// Appends a packet's line to UTF-8 text, without a line break.
    ///
    /// - Parameters:
    ///   - bytes: the captured bytes of the packet.
    ///   - record: what the capture says of it: time, length on the wire, link type.
    ///   - text: where the line goes; reuse it, emptied, for the next packet.
    public func write(_ bytes: Span<UInt8>, of record: PacketRecord, to text: inout [UInt8]) {
        writeTime(record.nanoseconds, to: &text)
        let link = LinkLayer(bytes, linkType: record.linkType)
        writeLink(link, bytes, to: &text)
        let wireEnd = max(Int(record.originalLength), bytes.count)
        switch link.payload {
        case .ipv4: writeIPv4(bytes, at: link.payloadOffset, wireEnd: wireEnd, to: &text)
        case .ipv6: writeIPv6(bytes, at: link.payloadOffset, wireEnd: wireEnd, to: &text)
        default: writeOther(link, bytes, of: record, wireEnd: wireEnd, to: &text)
        }
    }

    /// Appends the time of day in UTC.
    func writeTime(_ nanoseconds: UInt64, to text: inout Text) {
        let seconds = nanoseconds / 1_000_000_000 % 86_400
        text.append(decimal: seconds / 3600, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: seconds / 60 % 60, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: seconds % 60, width: 2)
        if fractionDigits > 0 {
            var fraction = nanoseconds % 1_000_000_000
            for _ in fractionDigits..<9 { fraction /= 10 }
            text.append(UInt8(ascii: "."))
            text.append(decimal: fraction, width: fractionDigits)
        }
        text.append(UInt8(ascii: " "))
    }
}
