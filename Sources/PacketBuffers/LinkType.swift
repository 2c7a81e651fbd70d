/// The kind of link-layer header a packet starts with, as numbered in capture files (`LINKTYPE_*`).
///
/// Source: the link-type registry kept by the tcpdump group. On a few numbers libpcap's `DLT_*` values differ
/// by platform; capture files always use these.
public struct LinkType: RawRepresentable, Hashable, Sendable {
    /// The registered number, 0 through 65535.
    public var rawValue: UInt16

    /// Wraps a registered number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension LinkType {
    /// BSD loopback: the address family as a 32-bit word in the capturing host's byte order.
    public static let null = LinkType(rawValue: 0)
    /// Ethernet.
    public static let ethernet = LinkType(rawValue: 1)
    /// SLIP behind libpcap's pseudo-header of 16 bytes.
    public static let slip = LinkType(rawValue: 8)
    /// PPP, with or without HDLC address and control bytes, or Cisco HDLC under PPP's number.
    public static let ppp = LinkType(rawValue: 9)
    /// Raw IP under the number OpenBSD's own files use for it.
    public static let rawOpenBSD = LinkType(rawValue: 14)
    /// Raw IP under the number most systems' `DLT_RAW` has.
    public static let rawDLT = LinkType(rawValue: 12)
    /// PPP in HDLC-like framing, or Cisco HDLC, told apart by the first byte.
    public static let pppSerial = LinkType(rawValue: 50)
    /// Raw IPv4 or IPv6, told apart by the version nibble.
    public static let raw = LinkType(rawValue: 101)
    /// Cisco HDLC.
    public static let ciscoHDLC = LinkType(rawValue: 104)
    /// IEEE 802.11 without a capture header in front.
    public static let ieee80211 = LinkType(rawValue: 105)
    /// Frame Relay, RFC 2427 or Cisco encapsulation.
    public static let frameRelay = LinkType(rawValue: 107)
    /// OpenBSD loopback: the address family as a 32-bit word in network byte order.
    public static let loop = LinkType(rawValue: 108)
    /// Linux "cooked" capture, version 1.
    public static let linuxSLL = LinkType(rawValue: 113)
    /// IEEE 802.11 behind a radiotap header.
    public static let radiotap = LinkType(rawValue: 127)
    /// ARCNET as Linux delivers it.
    public static let linuxARCNET = LinkType(rawValue: 129)
    /// Per-Packet Information: a header that names the link type of what follows it.
    public static let ppi = LinkType(rawValue: 192)
    /// Raw IPv4.
    public static let ipv4 = LinkType(rawValue: 228)
    /// Raw IPv6.
    public static let ipv6 = LinkType(rawValue: 229)
    /// Linux netfilter log messages.
    public static let nflog = LinkType(rawValue: 239)
    /// IP over InfiniBand, RFC 4391, behind the destination's link-layer address.
    public static let ipOverInfiniBand = LinkType(rawValue: 242)
    /// Linux "cooked" capture, version 2.
    public static let linuxSLL2 = LinkType(rawValue: 276)
}
