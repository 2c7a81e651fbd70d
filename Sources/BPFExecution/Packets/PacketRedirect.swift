/// Where a program asked for its packet to go.
public enum PacketRedirect: Hashable, Sendable {
    /// To an interface: out of it, or in as if it had come from there.
    case interface(UInt32, ingress: Bool)
    /// To the entry of a map, whose value begins with `value`: an interface's index where the map is a device map.
    case entry(key: UInt32, value: UInt32)
    /// To every entry of a map, but maybe not back to where it came from.
    ///
    /// The map has its number in the program; nil where another program named it, which was called in its place.
    case broadcast(map: Int32?, exceptIngress: Bool)

    /// Linux's `BPF_F_INGRESS`, `BPF_F_BROADCAST` and `BPF_F_EXCLUDE_INGRESS`.
    static var ingressFlag: UInt64 { 1 }
    static var broadcastFlag: UInt64 { 1 << 3 }
    static var exceptIngressFlag: UInt64 { 1 << 4 }
}

/// A copy of a packet that `bpf_clone_redirect` sends.
public struct PacketClone: Hashable, Sendable {
    /// The bytes, without the VLAN tag in the metadata.
    public let packet: [UInt8]
    /// What is known of it beside its bytes.
    public let metadata: PacketMetadata
    /// The index of the interface it goes to.
    public let interface: UInt32
    /// Whether it comes in by the interface, instead of going out.
    public let ingress: Bool
}
