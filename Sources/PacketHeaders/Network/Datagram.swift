/// What the IP header of a packet says, whichever version it has.
public struct Datagram: Hashable, Sendable {
    /// Who sent the datagram.
    public var source: IPAddress
    /// Whom the datagram is for.
    public var destination: IPAddress
    /// What the datagram carries, after IPv6's extension headers.
    public var `protocol`: IPProtocol
    /// Where what the datagram carries begins; it may be beyond the packet's end.
    public var bodyOffset: Int
    /// Where the datagram ends by the header's own account; nil where the header leaves it open.
    public var claimedEnd: Int?
    /// Where the fragment's data belongs in the datagram's, in bytes; 0 in first fragments and whole datagrams.
    public var fragmentOffset: Int
    /// Whether more fragments of the datagram follow.
    public var moreFragments: Bool

    /// Whether this is a fragment other than the first, so that no transport header begins it.
    public var isLaterFragment: Bool { fragmentOffset != 0 }

    /// Reads the IP header at the end of a packet's link layer.
    ///
    /// - Throws: why there is none that could be read.
    public init(_ bytes: Span<UInt8>, after link: LinkLayer) throws(FlowReason) {
        if let reason = link.reason { throw reason }
        switch link.payload {
        case .ipv6: self.init(try IPv6Header(bytes, at: link.payloadOffset), at: link.payloadOffset, in: bytes)
        default: self.init(try IPv4Header(bytes, at: link.payloadOffset), at: link.payloadOffset)
        }
    }

    init(_ header: IPv4Header, at offset: Int) {
        source = .v4(header.source)
        destination = .v4(header.destination)
        `protocol` = header.protocol
        bodyOffset = offset &+ header.headerLength
        claimedEnd = header.totalLength == 0 ? nil : offset &+ Int(header.totalLength)
        fragmentOffset = header.fragmentOffset
        moreFragments = header.moreFragments
    }

    init(_ header: IPv6Header, at offset: Int, in bytes: Span<UInt8>) {
        let fixedEnd = offset &+ IPv6Header.length
        let extensions = IPv6Extensions(bytes, at: fixedEnd, first: header.nextHeader)
        source = .v6(header.source)
        destination = .v6(header.destination)
        `protocol` = extensions.protocol
        bodyOffset = extensions.end
        claimedEnd = header.payloadLength == 0 ? nil : fixedEnd &+ Int(header.payloadLength)
        fragmentOffset = extensions.fragment?.offset ?? 0
        moreFragments = extensions.fragment?.moreFragments ?? false
    }
}
