/// The kind of link-layer header a packet starts with, as numbered in capture files (`LINKTYPE_*`).
///
/// Source: the link-type registry kept by the tcpdump group. On a few numbers libpcap's `DLT_*` values differ
/// by platform; capture files always use these.
public struct LinkType: RawRepresentable, Hashable, Sendable {
    /// The registered number, 0 through 65535.
    public var rawValue: UInt16

    /// Wraps a registered number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// BSD loopback: the address family as a 32-bit word in the capturing host's byte order.
    public static let null = LinkType(rawValue: 0)
    /// Ethernet.
    public static let ethernet = LinkType(rawValue: 1)
    /// Raw IPv4 or IPv6, told apart by the version nibble.
    public static let raw = LinkType(rawValue: 101)
    /// Linux "cooked" capture, version 1.
    public static let linuxSLL = LinkType(rawValue: 113)
    /// Linux "cooked" capture, version 2.
    public static let linuxSLL2 = LinkType(rawValue: 276)
}
