/// The number that says what an IP datagram carries.
public struct IPProtocol: RawRepresentable, Hashable, Sendable {
    /// The number assigned by IANA.
    public var rawValue: UInt8

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// IPv6 hop-by-hop options.
    public static let hopByHop = IPProtocol(rawValue: 0)
    /// The Internet Control Message Protocol.
    public static let icmp = IPProtocol(rawValue: 1)
    /// The Transmission Control Protocol.
    public static let tcp = IPProtocol(rawValue: 6)
    /// The User Datagram Protocol.
    public static let udp = IPProtocol(rawValue: 17)
    /// An IPv6 routing header.
    public static let routing = IPProtocol(rawValue: 43)
    /// An IPv6 fragment header.
    public static let fragment = IPProtocol(rawValue: 44)
    /// The Internet Control Message Protocol of IPv6.
    public static let icmpv6 = IPProtocol(rawValue: 58)
    /// IPv6 destination options.
    public static let destinationOptions = IPProtocol(rawValue: 60)
    /// The Stream Control Transmission Protocol.
    public static let sctp = IPProtocol(rawValue: 132)

    /// Whether flows of this protocol have port numbers.
    public var hasPorts: Bool { self == .tcp || self == .udp }
}

extension IPProtocol: CustomStringConvertible {
    /// The protocol's name in lower case, or `ip-proto-` and the number.
    public var description: String { Self.names[rawValue] ?? "ip-proto-\(rawValue)" }

    private static let names: [UInt8: String] = [
        0: "hopopt", 1: "icmp", 2: "igmp", 4: "ipip", 6: "tcp", 8: "egp", 9: "igp", 17: "udp", 27: "rdp",
        33: "dccp", 41: "ipv6", 43: "ipv6-route", 44: "ipv6-frag", 46: "rsvp", 47: "gre", 50: "esp", 51: "ah",
        55: "mobile", 58: "icmp6", 59: "no-next-header", 60: "dstopt", 88: "eigrp", 89: "ospf", 94: "ipip",
        97: "etherip", 98: "encap", 103: "pim", 108: "ipcomp", 112: "vrrp", 113: "pgm", 115: "l2tp",
        124: "isis", 132: "sctp", 135: "mobility", 136: "udplite", 137: "mpls", 139: "hip", 140: "shim6",
    ]
}
