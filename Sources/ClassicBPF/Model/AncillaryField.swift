/// What Linux knows of a packet beside its bytes, loaded by classic programs from offsets above ``base``.
///
/// Source: `SKF_AD_*` of linux/filter.h. A load of any size reads the whole field.
public enum AncillaryField: UInt32, Hashable, Sendable, CaseIterable {
    /// The EtherType the packet was received with, in host byte order.
    case linkProtocol = 0
    /// To whom the packet was sent: 0 this host, 1 broadcast, 2 multicast, 3 another host, 4 sent by this host.
    case packetType = 4
    /// The number of the interface.
    case interfaceIndex = 8
    /// The offset of the netlink attribute of type X at or after offset A, or 0.
    case netlinkAttribute = 12
    /// The offset of the attribute of type X nested in the one at offset A, or 0.
    case nestedNetlinkAttribute = 16
    /// The packet's mark.
    case mark = 20
    /// The receive queue.
    case queue = 24
    /// The interface's hardware type (`ARPHRD_*`).
    case hardwareType = 28
    /// The flow hash made by the receiving hardware or by the kernel.
    case receiveHash = 32
    /// The processor that runs the filter.
    case processor = 36
    /// Not a load: A = A ^ X.
    case exclusiveOrX = 40
    /// The VLAN tag taken off the packet.
    case vlanTag = 44
    /// 1 where a VLAN tag was taken off the packet, else 0.
    case vlanTagPresent = 48
    /// The offset of the payload behind the transport header, or 0.
    case payloadOffset = 52
    /// A random number.
    case random = 56
    /// The EtherType of the VLAN tag taken off, in host byte order.
    case vlanProtocol = 60

    /// Where the fields start (`SKF_AD_OFF`, -0x1000).
    public static let base: UInt32 = 0xffff_f000

    /// The field an absolute load at `offset` names, or nil.
    public init?(offset: UInt32) {
        guard offset >= Self.base else { return nil }
        self.init(rawValue: offset &- Self.base)
    }

    /// The offset that names the field.
    public var offset: UInt32 { Self.base &+ rawValue }

    /// The name in tcpdump's listings.
    var listingName: String {
        switch self {
        case .linkProtocol: "proto"
        case .packetType: "type"
        case .interfaceIndex: "ifidx"
        case .netlinkAttribute: "nla"
        case .nestedNetlinkAttribute: "nlan"
        case .mark: "mark"
        case .queue: "queue"
        case .hardwareType: "hatype"
        case .receiveHash: "rxhash"
        case .processor: "cpu"
        case .exclusiveOrX: "xor_x"
        case .vlanTag: "vlan_tci"
        case .vlanTagPresent: "vlanp"
        case .payloadOffset: "poff"
        case .random: "random"
        case .vlanProtocol: "vlan_tpid"
        }
    }
}

/// Offsets that Linux counts from another header than the start of the packet.
public enum HeaderOffset {
    /// Counted from the network header (`SKF_NET_OFF`, -0x100000).
    public static let network: UInt32 = 0xfff0_0000
    /// Counted from the link header (`SKF_LL_OFF`, -0x200000).
    public static let link: UInt32 = 0xffe0_0000
}
