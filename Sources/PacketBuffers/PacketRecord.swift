/// Where one packet lies in its batch's storage, and what the capture says of it.
///
/// Thirty-two bytes of plain numbers, two records to a cache line, so that a batch's records are one contiguous
/// array the engines can walk without reference counting. Offsets fit 32 bits because a batch's storage does.
public struct PacketRecord: Hashable, Sendable {
    /// When the packet was captured, in nanoseconds since 1970-01-01 UTC; finer resolutions are truncated.
    public var nanoseconds: UInt64
    @usableFromInline var dataStart: UInt32
    @usableFromInline var wholeLength: UInt32
    /// How many bytes of the packet were captured.
    public var capturedLength: UInt32
    /// How many bytes the packet had on the wire.
    public var originalLength: UInt32
    /// The interface, as an index into the source's interfaces; 0 where a source has only one.
    public var interface: UInt32
    /// The link type of the packet's interface.
    public var linkType: LinkType
    @usableFromInline var headerLength: UInt16

    /// Makes a record from its parts.
    ///
    /// Offsets and lengths are those of a batch's storage, which stays below 4 GiB; the headers in front of the
    /// data are shorter than 64 KiB. Of larger values only the lower bits are kept.
    @inlinable public init(
        dataOffset: Int, recordOffset: Int, recordLength: Int, nanoseconds: UInt64,
        capturedLength: UInt32, originalLength: UInt32, interface: UInt32 = 0, linkType: LinkType
    ) {
        self.nanoseconds = nanoseconds
        self.dataStart = UInt32(truncatingIfNeeded: dataOffset)
        self.wholeLength = UInt32(truncatingIfNeeded: recordLength)
        self.capturedLength = capturedLength
        self.originalLength = originalLength
        self.interface = interface
        self.linkType = linkType
        self.headerLength = UInt16(truncatingIfNeeded: dataOffset &- recordOffset)
    }

    /// The offset of the first captured byte in the batch's storage.
    @inlinable public var dataOffset: Int { Int(dataStart) }

    /// The offset where the whole record begins in the storage: a pcap record header or a pcapng block.
    @inlinable public var recordOffset: Int { Int(dataStart) &- Int(headerLength) }

    /// The length of the whole record in bytes: headers, data, padding and options.
    @inlinable public var recordLength: Int { Int(wholeLength) }

    /// The range of the captured bytes in the batch's storage.
    @inlinable public var dataRange: Range<Int> {
        dataOffset..<(dataOffset &+ Int(capturedLength))
    }

    /// The range of the whole record in the batch's storage.
    @inlinable public var recordRange: Range<Int> {
        recordOffset..<(recordOffset &+ recordLength)
    }
}
