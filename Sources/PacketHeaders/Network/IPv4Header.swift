/// The fixed part of an IPv4 header, RFC 791 §3.1.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |version|length |type of service|         total length          |
///     |        identification         |flags|     fragment offset     |
///     | time to live  |   protocol    |        header checksum        |
///     |                        source address                         |
///     |                     destination address                       |
public struct IPv4Header: Hashable, Sendable {
    /// The header's length in bytes with options, 20 through 60; the packet may end before it does.
    public var headerLength: Int
    /// The length of header and data in bytes as the header claims it; 0 in offloaded packets above 64 KiB.
    public var totalLength: UInt16
    /// The number the fragments of a datagram share.
    public var identification: UInt16
    /// Whether the datagram must not be fragmented.
    public var dontFragment: Bool
    /// Whether more fragments of the datagram follow.
    public var moreFragments: Bool
    /// Where the fragment's data belongs in the datagram's, in bytes; 0 in first fragments and whole datagrams.
    public var fragmentOffset: Int
    /// How many more hops the datagram may take.
    public var timeToLive: UInt8
    /// What the datagram carries.
    public var `protocol`: IPProtocol
    /// Who sent the datagram.
    public var source: IPv4Address
    /// Whom the datagram is for.
    public var destination: IPv4Address

    /// Reads the header at an offset of a packet.
    ///
    /// - Throws: `truncatedNetwork` where fewer than 20 bytes are captured, `invalidNetwork` where the version is
    ///   not 4 or the header length is below 20. The other fields are taken as they are.
    public init(_ bytes: Span<UInt8>, at offset: Int) throws(FlowReason) {
        guard let lengths = bytes.word(at: offset), let fragment = bytes.word(at: offset &+ 4),
            let kind = bytes.word(at: offset &+ 8), let source = bytes.word(at: offset &+ 12),
            let destination = bytes.word(at: offset &+ 16)
        else { throw .truncatedNetwork }
        headerLength = Int(lengths >> 24 & 15) &* 4
        guard lengths >> 28 == 4, headerLength >= 20 else { throw .invalidNetwork }
        totalLength = UInt16(truncatingIfNeeded: lengths)
        identification = UInt16(truncatingIfNeeded: fragment >> 16)
        dontFragment = fragment & 0x4000 != 0
        moreFragments = fragment & 0x2000 != 0
        fragmentOffset = Int(fragment & 0x1fff) &* 8
        timeToLive = UInt8(truncatingIfNeeded: kind >> 24)
        `protocol` = IPProtocol(rawValue: UInt8(truncatingIfNeeded: kind >> 16))
        self.source = IPv4Address(rawValue: source)
        self.destination = IPv4Address(rawValue: destination)
    }
}
