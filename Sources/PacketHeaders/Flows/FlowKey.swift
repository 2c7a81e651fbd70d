public import PacketBuffers

/// Which one-way flow a packet belongs to, by its outermost IP header.
///
/// The IP header is looked for after VLAN tags, an MPLS label stack and a PPPoE session. IPv6's hop-by-hop, routing,
/// fragment and destination options headers are walked over; AH and ESP count as the protocol.
public struct FlowKey: Hashable, Sendable {
    /// Who sends.
    public var source: IPAddress
    /// Who receives.
    public var destination: IPAddress
    /// What the datagrams carry.
    public var `protocol`: IPProtocol
    /// The sender's port; 0 for other protocols than TCP and UDP, for later fragments, and where it was not captured.
    public var sourcePort: UInt16
    /// The receiver's port; 0 where the sender's is.
    public var destinationPort: UInt16

    /// Makes a key from its parts.
    public init(
        source: IPAddress, destination: IPAddress, protocol: IPProtocol,
        sourcePort: UInt16 = 0, destinationPort: UInt16 = 0
    ) {
        self.source = source
        self.destination = destination
        self.protocol = `protocol`
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
    }

    /// Finds the flow of a packet.
    ///
    /// - Parameters:
    ///   - bytes: the captured bytes, from the first.
    ///   - linkType: the link type of the packet's interface.
    /// - Throws: why the packet belongs to no flow.
    public init(_ bytes: Span<UInt8>, linkType: LinkType) throws(FlowReason) {
        self.init(bytes, of: try Datagram(bytes, after: LinkLayer(bytes, linkType: linkType)))
    }

    /// The flow of a datagram whose header has been read already.
    public init(_ bytes: Span<UInt8>, of datagram: Datagram) {
        self.init(source: datagram.source, destination: datagram.destination, protocol: datagram.protocol)
        if datagram.protocol.hasPorts, !datagram.isLaterFragment, let ports = bytes.word(at: datagram.bodyOffset) {
            sourcePort = UInt16(truncatingIfNeeded: ports >> 16)
            destinationPort = UInt16(truncatingIfNeeded: ports)
        }
    }

    /// The key of the flow in the other direction.
    public var reversed: FlowKey {
        FlowKey(
            source: destination, destination: source, protocol: `protocol`,
            sourcePort: destinationPort, destinationPort: sourcePort)
    }
}

extension FlowKey: CustomStringConvertible {
    /// The key as `tcp 10.0.0.1.4711 > 10.0.0.2.80`; without ports where the protocol has none.
    public var description: String {
        guard `protocol`.hasPorts else { return "\(`protocol`) \(source) > \(destination)" }
        return "\(`protocol`) \(source).\(sourcePort) > \(destination).\(destinationPort)"
    }
}
