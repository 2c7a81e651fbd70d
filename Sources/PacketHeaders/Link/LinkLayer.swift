public import PacketBuffers

/// Everything in front of a packet's network layer: link header, VLAN tags, label stack, PPPoE session.
///
/// Reading never fails: where the bytes end too early or make no sense, `payload` says so.
public struct LinkLayer: Hashable, Sendable {
    /// What the link layer carries.
    public enum Payload: Hashable, Sendable {
        /// IPv4, announced or found; the header is not yet looked at.
        case ipv4
        /// IPv6, announced or found; the header is not yet looked at.
        case ipv6
        /// What the EtherType names: any but those of IP, tags, label stacks and PPPoE sessions.
        case etherType(EtherType)
        /// An IEEE 802.2 header that does not lead to an EtherType.
        case logicalLink(destination: UInt8, source: UInt8)
        /// A PPP protocol other than IP and MPLS.
        case pppProtocol(UInt16)
        /// An address family other than IPv4's and IPv6's, as a loopback header gives it.
        case addressFamily(UInt32)
        /// What another numbering names: NLPID or ARCNET system code.
        case identifier(UInt8)
        /// An IEEE 802.11 frame that carries no data, with its frame control byte.
        case noData(frameControl: UInt8)
        /// An encrypted IEEE 802.11 frame.
        case encrypted
        /// A label stack over something whose first four bits are not an IP version.
        case unknownLabelPayload
        /// A packet that should start with an IP header, and has another version in its first four bits.
        case invalidVersion
        /// A packet that should go on with an IP header, and ends here.
        case noNetworkHeader
        /// The captured bytes end inside the link layer.
        case truncated
        /// The link type's headers are not known here.
        case unsupported
    }

    /// What the link layer carries.
    public internal(set) var payload = Payload.truncated
    /// Where the payload begins; in a truncated packet, the header that is cut short.
    public internal(set) var payloadOffset = 0
    /// Where the VLAN tags lie, four bytes each: tag control information, then the EtherType that follows.
    ///
    /// Empty without tags. Tags that follow an LLC header which itself was tagged are not in the range.
    public internal(set) var tags = 0..<0
    /// Where the MPLS label stack lies, four bytes a label; empty without labels.
    public internal(set) var labels = 0..<0
    /// The number of the PPPoE session, where there is one.
    public internal(set) var pppoeSession: UInt16?

    /// Reads the link layer of a packet.
    ///
    /// - Parameters:
    ///   - bytes: the captured bytes, from the first.
    ///   - linkType: the link type of the packet's interface.
    public init(_ bytes: Span<UInt8>, linkType: LinkType) {
        switch linkType {
        case .ppi: readPPI(bytes)
        default: read(linkType, at: 0, in: bytes)
        }
    }

    /// Reads the header that a link type's packets start with: the one list of the link types known here.
    mutating func read(_ linkType: LinkType, at start: Int, in bytes: Span<UInt8>) {
        payloadOffset = start
        switch linkType {
        case .ethernet: follow(etherTypeAt: 12, bodyAt: 14, from: start, in: bytes)
        case .linuxSLL: readSLL(protocolAt: 14, bodyAt: 16, from: start, in: bytes)
        case .linuxSLL2: readSLL(protocolAt: 0, bodyAt: 20, from: start, in: bytes)
        case .ipOverInfiniBand: follow(etherTypeAt: 40, bodyAt: 44, from: start, in: bytes)
        case .ciscoHDLC: follow(etherTypeAt: 2, bodyAt: 4, from: start, in: bytes)
        case .null, .loop: readLoopback(at: start, in: bytes)
        case .raw, .rawDLT, .rawOpenBSD: followIP(at: start, otherwise: .invalidVersion, in: bytes)
        case .slip: readSLIP(at: start, in: bytes)
        case .ipv4: end(.ipv4, at: start)
        case .ipv6: end(.ipv6, at: start)
        case .ppp, .pppSerial: readPPP(at: start, in: bytes)
        case .frameRelay: readFrameRelay(at: start, in: bytes)
        case .linuxARCNET: readARCNET(at: start, in: bytes)
        case .nflog: readNFLOG(at: start, in: bytes)
        case .radiotap: readRadiotap(at: start, in: bytes)
        case .ieee80211: read80211(at: start, in: bytes)
        default: end(.unsupported, at: start)
        }
    }

    /// Ends the link layer: the payload begins here, or the reading stops.
    mutating func end(_ payload: Payload, at offset: Int) {
        self.payload = payload
        payloadOffset = offset
    }

    /// Why the packet belongs to no flow, as far as the link layer tells; nil where an IP header follows.
    public var reason: FlowReason? {
        switch payload {
        case .ipv4, .ipv6: nil
        case .etherType(.arp): .arp
        case .etherType: .otherEtherType
        case .logicalLink: .logicalLink
        case .pppProtocol, .addressFamily, .identifier: .otherProtocol
        case .noData: .noData
        case .encrypted: .encrypted
        case .unknownLabelPayload: .unknownLabelPayload
        case .invalidVersion: .invalidNetwork
        case .noNetworkHeader: .truncatedNetwork
        case .truncated: .truncatedLink
        case .unsupported: .unsupportedLinkType
        }
    }
}
