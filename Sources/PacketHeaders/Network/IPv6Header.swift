/// The fixed IPv6 header, RFC 8200 §3.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |version| traffic class |              flow label               |
///     |        payload length         |  next header  |   hop limit   |
///     |                   source address (16 bytes)                   |
///     |                 destination address (16 bytes)                |
public struct IPv6Header: Hashable, Sendable {
    /// How many bytes follow the header as the header claims it; 0 in jumbograms.
    public var payloadLength: UInt16
    /// What follows the header: an extension header or what the datagram carries.
    public var nextHeader: IPProtocol
    /// How many more hops the datagram may take.
    public var hopLimit: UInt8
    /// Who sent the datagram.
    public var source: IPv6Address
    /// Whom the datagram is for.
    public var destination: IPv6Address

    /// The header's length in bytes.
    public static let length = 40

    /// Reads the header at an offset of a packet.
    ///
    /// - Throws: `truncatedNetwork` where fewer than 40 bytes are captured, `invalidNetwork` where the version is
    ///   not 6. The other fields are taken as they are.
    public init(_ bytes: Span<UInt8>, at offset: Int) throws(FlowReason) {
        guard bytes.has(Self.length, at: offset), let version = bytes.byte(at: offset),
            let lengths = bytes.word(at: offset &+ 4), let source = IPv6Address(bytes, at: offset &+ 8),
            let destination = IPv6Address(bytes, at: offset &+ 24)
        else { throw .truncatedNetwork }
        guard version >> 4 == 6 else { throw .invalidNetwork }
        payloadLength = UInt16(truncatingIfNeeded: lengths >> 16)
        nextHeader = IPProtocol(rawValue: UInt8(truncatingIfNeeded: lengths >> 8))
        hopLimit = UInt8(truncatingIfNeeded: lengths)
        self.source = source
        self.destination = destination
    }
}

extension IPv6Address {
    /// Reads the address at an offset of a packet; nil where the packet ends before it does.
    init?(_ bytes: borrowing Span<UInt8>, at offset: Int) {
        guard let high = bytes.doubleWord(at: offset), let low = bytes.doubleWord(at: offset &+ 8) else { return nil }
        self.init(high: high, low: low)
    }
}
