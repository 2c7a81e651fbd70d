/// Where one packet lies in its batch's storage, and what the capture says of it.
///
/// Plain numbers only, so that a batch of records is one contiguous array the engines can walk without
/// reference counting.
public struct PacketRecord: Hashable, Sendable {
    /// The offset of the first captured byte in the batch's storage.
    public var dataOffset: Int
    /// The offset where the whole record begins in the storage: a pcap record header or a pcapng block.
    public var recordOffset: Int
    /// The length of the whole record in bytes: headers, data, padding and options.
    public var recordLength: Int
    /// When the packet was captured, in nanoseconds since 1970-01-01 UTC; finer resolutions are truncated.
    public var nanoseconds: UInt64
    /// How many bytes of the packet were captured.
    public var capturedLength: UInt32
    /// How many bytes the packet had on the wire.
    public var originalLength: UInt32
    /// The interface, as an index into the source's interfaces; 0 where a source has only one.
    public var interface: UInt32
    /// The link type of the packet's interface.
    public var linkType: LinkType

    /// Makes a record from its parts.
    public init(
        dataOffset: Int, recordOffset: Int, recordLength: Int, nanoseconds: UInt64,
        capturedLength: UInt32, originalLength: UInt32, interface: UInt32 = 0, linkType: LinkType
    ) {
        self.dataOffset = dataOffset
        self.recordOffset = recordOffset
        self.recordLength = recordLength
        self.nanoseconds = nanoseconds
        self.capturedLength = capturedLength
        self.originalLength = originalLength
        self.interface = interface
        self.linkType = linkType
    }

    /// The range of the captured bytes in the batch's storage.
    @inlinable public var dataRange: Range<Int> {
        dataOffset..<(dataOffset + Int(capturedLength))
    }
}
