/// Why a packet belongs to no flow.
///
/// The numbers are stable: flow-counting programs use them as indexes of their array of counters. Number 0 is no
/// reason; there a program may count the packets that did belong to a flow.
public enum FlowReason: UInt32, Error, CaseIterable {
    /// The capture's link type is one whose headers are not known here.
    case unsupportedLinkType = 1
    /// The captured bytes end inside a link-layer header, a tag, a label or a session header.
    case truncatedLink = 2
    /// The captured bytes end inside the fixed part of the IP header.
    case truncatedNetwork = 3
    /// An IP header of another version than announced, or an IPv4 header length below 20 bytes.
    case invalidNetwork = 4
    /// ARP.
    case arp = 5
    /// An EtherType other than those of IP and ARP.
    case otherEtherType = 6
    /// An IEEE 802.2 LLC frame that does not carry an EtherType: spanning tree, CDP, IS-IS.
    case logicalLink = 7
    /// A PPP protocol, address family or network-layer identifier other than IP's.
    case otherProtocol = 8
    /// An IEEE 802.11 frame without data: management, control, null.
    case noData = 9
    /// An encrypted IEEE 802.11 frame.
    case encrypted = 10
    /// A label stack over something else than IP.
    case unknownLabelPayload = 11
    /// More headers on top of each other than a program can walk.
    case tooManyHeaders = 12
    /// A new flow, but the table of flows was full.
    case tableFull = 13
}

extension FlowReason: CustomStringConvertible {
    /// What is wrong with the packet, in a few words.
    public var description: String {
        switch self {
        case .unsupportedLinkType: "unsupported link type"
        case .truncatedLink: "truncated link header"
        case .truncatedNetwork: "truncated ip header"
        case .invalidNetwork: "bad ip header"
        case .arp: "arp"
        case .otherEtherType: "other ethertype"
        case .logicalLink: "llc"
        case .otherProtocol: "other protocol"
        case .noData: "802.11 without data"
        case .encrypted: "802.11 encrypted"
        case .unknownLabelPayload: "mpls without ip"
        case .tooManyHeaders: "too many headers"
        case .tableFull: "flow table full"
        }
    }
}
