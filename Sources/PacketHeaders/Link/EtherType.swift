/// The number that says what an Ethernet frame carries, or a link layer that borrows Ethernet's numbers.
public struct EtherType: RawRepresentable, Hashable, Sendable {
    /// The registered number; values up to 1500 are lengths of IEEE 802.3 frames.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// IPv4.
    public static let ipv4 = EtherType(rawValue: 0x0800)
    /// The Address Resolution Protocol.
    public static let arp = EtherType(rawValue: 0x0806)
    /// The Reverse Address Resolution Protocol.
    public static let reverseARP = EtherType(rawValue: 0x8035)
    /// An IEEE 802.1Q tag.
    public static let vlan = EtherType(rawValue: 0x8100)
    /// IPv6.
    public static let ipv6 = EtherType(rawValue: 0x86dd)
    /// An MPLS label stack, to one receiver.
    public static let mpls = EtherType(rawValue: 0x8847)
    /// An MPLS label stack, multicast or with an upstream-assigned label.
    public static let mplsMulticast = EtherType(rawValue: 0x8848)
    /// PPP over Ethernet, session stage.
    public static let pppoeSession = EtherType(rawValue: 0x8864)
    /// An IEEE 802.1ad service tag.
    public static let serviceVLAN = EtherType(rawValue: 0x88a8)
    /// A stacked tag under the number in use before IEEE 802.1ad.
    public static let oldServiceVLAN = EtherType(rawValue: 0x9100)

    /// Whether four bytes of VLAN tag follow: the tag, then the next EtherType.
    public var isTag: Bool { self == .vlan || self == .serviceVLAN || self == .oldServiceVLAN }
    /// Whether an MPLS label stack follows.
    public var isLabelStack: Bool { self == .mpls || self == .mplsMulticast }
    /// Whether this is the length of an IEEE 802.3 frame, after which an LLC header follows.
    public var isLength: Bool { rawValue <= 1500 }
}

extension EtherType: CustomStringConvertible {
    /// The protocol's name, or `unknown`.
    public var description: String { Self.names[rawValue] ?? "unknown" }

    private static let names: [UInt16: String] = [
        0x0800: "IPv4", 0x0806: "ARP", 0x0842: "Wake-on-LAN", 0x2000: "CDP", 0x22f0: "AVTP", 0x6003: "DECnet",
        0x8035: "Reverse ARP", 0x809b: "AppleTalk", 0x80f3: "AppleTalk ARP", 0x8100: "802.1Q", 0x8137: "IPX",
        0x86dd: "IPv6", 0x8808: "MAC control", 0x8809: "Slow Protocols", 0x8847: "MPLS unicast",
        0x8848: "MPLS multicast", 0x8863: "PPPoE D", 0x8864: "PPPoE S", 0x886d: "ANS", 0x8870: "Jumbo",
        0x888e: "EAPOL", 0x8892: "PROFINET", 0x88a2: "AoE", 0x88a4: "EtherCAT", 0x88a8: "802.1Q-QinQ",
        0x88b8: "GOOSE", 0x88ba: "SV", 0x88cc: "LLDP", 0x88e1: "HomePlug", 0x88e3: "MRP", 0x88e5: "MACsec",
        0x88e7: "PBB", 0x88f7: "PTP", 0x88fb: "PRP", 0x8902: "CFM", 0x8906: "FCoE", 0x8914: "FIP",
        0x8915: "RoCE", 0x892f: "HSR", 0x9000: "Loopback", 0x9100: "802.1Q-9100",
    ]
}
