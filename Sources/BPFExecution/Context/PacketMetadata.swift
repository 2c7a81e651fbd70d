public import PacketBuffers

/// What a host knows of a packet beside its bytes: the fields of a program's context.
///
/// Lengths are in bytes, the time in nanoseconds since 1970-01-01 UTC. Numbers that a capture doesn't have are 0.
public struct PacketMetadata: Hashable, Sendable {
    /// How many bytes the packet had on the wire, which `len` shows; nil for as many as there are.
    public var originalLength: UInt32?
    /// When the packet was captured.
    public var nanoseconds: UInt64 = 0
    /// The EtherType, such as 0x0800; nil to read it from an Ethernet header.
    public var etherType: UInt16?
    /// Where the network header begins, or the packet's end if that comes first.
    public var networkOffset: UInt32 = 14
    /// Linux's `PACKET_*` number: 0 for packets to this host.
    public var packetType: UInt32 = 0
    /// The packet's mark.
    public var mark: UInt32 = 0
    /// The transmit queue.
    public var queueMapping: UInt32 = 0
    /// The VLAN tag that was taken out of the packet; nil where there was none.
    public var vlanTCI: UInt16?
    /// The EtherType of that tag.
    public var vlanProtocol: UInt16 = 0
    /// The packet's priority.
    public var priority: UInt32 = 0
    /// The index of the interface that received the packet.
    public var ingressInterface: UInt32 = 0
    /// The index of the interface the packet is on.
    public var interface: UInt32 = 0
    /// The traffic-control index.
    public var tcIndex: UInt32 = 0
    /// The flow hash.
    public var hash: UInt32 = 0
    /// The receive queue.
    public var receiveQueue: UInt32 = 0
    /// The number of the packet's socket, 0 for none.
    public var socketCookie: UInt64 = 0
    /// The user of the packet's socket; 65534 (`nobody`) where there is no socket.
    public var socketUser: UInt32 = 65534
    /// The link type, which tells where the flow's headers are for the flow hash.
    public var linkType = LinkType.ethernet

    /// Makes metadata of a packet nothing is known about.
    public init() {}
}

extension ContextImage {
    /// Shows a packet's metadata, and zeros in what programs may have written.
    init(_ metadata: PacketMetadata) {
        timestamp = metadata.nanoseconds
        packetType = metadata.packetType
        mark = metadata.mark
        queueMapping = metadata.queueMapping
        etherProtocol = UInt32(metadata.etherType?.bigEndian ?? 0)
        vlanPresent = metadata.vlanTCI == nil ? 0 : 1
        vlanTCI = UInt32(metadata.vlanTCI ?? 0)
        vlanProtocol = UInt32(metadata.vlanProtocol.bigEndian)
        priority = metadata.priority
        ingressInterface = metadata.ingressInterface
        interface = metadata.interface
        tcIndex = metadata.tcIndex
        hash = metadata.hash
        receiveQueue = metadata.receiveQueue
    }
}

extension PacketMetadata {
    /// What a run left in a context, with the rest as it was before.
    mutating func update(from image: ContextImage, networkOffset: UInt64) {
        originalLength = image.length
        nanoseconds = image.timestamp
        etherType = UInt16(bigEndian: UInt16(truncatingIfNeeded: image.etherProtocol))
        self.networkOffset = UInt32(truncatingIfNeeded: networkOffset)
        packetType = image.packetType
        mark = image.mark
        queueMapping = image.queueMapping
        vlanTCI = image.vlanPresent == 0 ? nil : UInt16(truncatingIfNeeded: image.vlanTCI)
        vlanProtocol = UInt16(bigEndian: UInt16(truncatingIfNeeded: image.vlanProtocol))
        priority = image.priority
        tcIndex = image.tcIndex
        hash = image.hash
    }
}
