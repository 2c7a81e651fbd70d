/// What came of a packet that a program ran on.
public struct PacketOutcome: Hashable, Sendable {
    /// What the program returned: an action, or for a `socket_filter` how many bytes to keep.
    ///
    /// 0 where the reference engine stopped it (``Worker/fault``).
    public var result: UInt64
    /// Where the packet is to go, where the result is a redirect that a helper prepared.
    public var redirect: PacketRedirect?
    /// What is known of the packet afterwards: a VLAN tag that was pushed last is here, not in the packet.
    public var metadata: PacketMetadata
    /// What an `xdp` program left in front of the packet for programs that see it later.
    public var prefix: [UInt8] = []
}
