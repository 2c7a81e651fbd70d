public import PacketHeaders

/// One row of a table of flows: what its packets have in common, and their counts.
public struct FlowRow: Hashable, Sendable {
    /// Who sent the flow's first packet; nil where rows have no addresses.
    public var source: IPAddress?
    /// Who received the flow's first packet; nil where rows have no addresses.
    public var destination: IPAddress?
    /// What the datagrams carry; nil where rows are not told apart by it.
    public var `protocol`: IPProtocol?
    /// The port of the first packet's sender; 0 where there are no ports or rows are not told apart by it.
    public var sourcePort: UInt16
    /// The port of the first packet's receiver; 0 where the sender's could be 0.
    public var destinationPort: UInt16
    /// The outermost VLAN, where rows are told apart by it and there is one.
    public var vlan: UInt16?

    /// What went the way of the first packet.
    public var forward: FlowCount
    /// What went the other way; nothing unless both directions share a row.
    public var backward: FlowCount
    /// The earliest packet's time, in nanoseconds since 1970-01-01 UTC.
    public var first: UInt64
    /// The latest packet's time, in nanoseconds since 1970-01-01 UTC.
    public var last: UInt64

    /// Makes a row from its parts; as it is, it has counted nothing.
    public init(
        source: IPAddress? = nil, destination: IPAddress? = nil, protocol: IPProtocol? = nil, sourcePort: UInt16 = 0,
        destinationPort: UInt16 = 0, vlan: UInt16? = nil, forward: FlowCount = FlowCount(),
        backward: FlowCount = FlowCount(), first: UInt64 = 0, last: UInt64 = 0
    ) {
        self.source = source
        self.destination = destination
        self.protocol = `protocol`
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.vlan = vlan
        self.forward = forward
        self.backward = backward
        self.first = first
        self.last = last
    }

    /// The packets of both directions.
    public var packets: UInt64 { forward.packets &+ backward.packets }
    /// The bytes of both directions.
    public var bytes: UInt64 { forward.bytes &+ backward.bytes }
    /// The time from the earliest to the latest packet, in nanoseconds.
    public var duration: UInt64 { last &- first }
}

/// Packets counted together.
public struct FlowCount: Hashable, Sendable {
    /// How many packets.
    public var packets: UInt64 = 0
    /// Their lengths on the wire, summed.
    public var bytes: UInt64 = 0
    /// The flags of all their TCP headers together.
    public var tcpFlags: TCPFlags = []

    /// Makes a count from its parts.
    public init(packets: UInt64 = 0, bytes: UInt64 = 0, tcpFlags: TCPFlags = []) {
        self.packets = packets
        self.bytes = bytes
        self.tcpFlags = tcpFlags
    }
}
