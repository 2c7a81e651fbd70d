/// What packets must have in common to be counted together.
public enum FlowGrouping: String, Hashable, Sendable, CaseIterable {
    /// Addresses, ports and protocol of the outermost IP header.
    case fiveTuple = "5tuple"
    /// The addresses.
    case host
    /// The protocol and the lower of the two ports, which is most often the service's.
    case port
    /// The protocol.
    case proto
    /// The outermost VLAN tag.
    case vlan

    /// Whether rows have addresses, so that IPv6 needs a map of its own.
    var hasAddresses: Bool {
        switch self {
        case .fiveTuple, .host: true
        case .port, .proto, .vlan: false
        }
    }

    /// Whether rows are told apart by protocol.
    var hasProtocol: Bool {
        switch self {
        case .fiveTuple, .port, .proto: true
        case .host, .vlan: false
        }
    }

    /// Whether a row has two ends, so that traffic can be told from the traffic in answer to it.
    public var hasDirections: Bool {
        switch self {
        case .fiveTuple, .host, .port: true
        case .proto, .vlan: false
        }
    }
}
