/// One field of a program's context: where programs see it, and what they may do with it.
public struct ContextField: Hashable, Sendable {
    /// What the field is, for the engine that fills it.
    public let id: ID
    /// The field's name in Linux's structure.
    public let name: String
    /// Where programs see it, in bytes from the start of the context.
    public let offset: Int
    /// How many bytes it has as programs see it.
    public let size: Int
    /// What a load of the whole field gives.
    public let kind: Kind
    /// Whether programs may write it.
    public let writable: Bool

    /// The bytes of the context it takes.
    var bytes: Range<Int> { offset..<(offset + size) }

    /// What a load of a field gives.
    public enum Kind: Hashable, Sendable {
        /// A number; parts of the field may be read too.
        case scalar
        /// The address of the first packet byte.
        case packet
        /// The address past the last packet byte.
        case packetEnd
        /// The address of the first metadata byte before the packet.
        case packetMeta
    }

    /// The facts contexts hold, each once, whatever the layouts that show it.
    public enum ID: UInt8, Hashable, Sendable, CaseIterable {
        case length, packetType, mark, queueMapping, etherProtocol, vlanPresent, vlanTCI, vlanProtocol, priority
        case ingressInterface, interface, tcIndex, control, hash, tcClassID, data, dataEnd, napiID, dataMeta
        case timestamp, wireLength, gsoSegments, gsoSize, timestampType, egressInterface, receiveQueue
    }
}
