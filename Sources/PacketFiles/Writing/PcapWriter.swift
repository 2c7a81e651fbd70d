public import ByteStreams
public import PacketBuffers

/// Writes a pcap file.
///
/// Times lie within 1970 and 2106 there; seconds outside are cut to their lower 32 bits. The sink is the caller's
/// to finish.
public final class PcapWriter {
    /// What the file says of itself.
    public let header: PcapHeader
    private let sink: any ByteSink
    private var head: [UInt8] = []

    /// Writes the header of a file.
    ///
    /// - Parameters:
    ///   - sink: where the file goes.
    ///   - header: the variant to write; packets that are longer than its snap length are cut.
    public init(to sink: any ByteSink, _ header: PcapHeader) throws(StreamError) {
        self.sink = sink
        self.header = header
        try sink.write(header.bytes)
    }

    /// Writes a packet of a batch; interface and link type are the file's.
    ///
    /// - Parameters:
    ///   - record: the packet.
    ///   - storage: the storage its bytes lie in.
    ///   - keep: the most bytes to write of it.
    public func write(_ record: PacketRecord, in storage: [UInt8], keeping keep: UInt32 = .max) throws(StreamError) {
        let kept = min(record.capturedLength, keep, header.cutLength)
        let unit: UInt64 = header.resolution == .nanoseconds ? 1 : 1000
        let (seconds, rest) = record.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let lengths =
            header.lengthOrder == .originalFirst ? [record.originalLength, kept] : [kept, record.originalLength]
        head.removeAll(keepingCapacity: true)
        head.append(UInt32(truncatingIfNeeded: seconds), header.byteOrder)
        head.append(UInt32(truncatingIfNeeded: rest / unit), header.byteOrder)
        for length in lengths { head.append(length, header.byteOrder) }
        if header.hasModifiedRecords { head.append(contentsOf: repeatElement(0, count: 8)) }
        try sink.write(head)
        try sink.write(storage, range: record.dataOffset..<(record.dataOffset + Int(kept)))
    }
}

extension PcapHeader {
    /// The header of a new file, of version 2.4.
    ///
    /// - Parameters:
    ///   - linkType: the link type of every packet.
    ///   - snapLength: the length packets are cut at; 0 for no limit but the format's.
    ///   - resolution: microseconds or nanoseconds; anything else is written as microseconds.
    ///   - byteOrder: the order of the numbers.
    public init(
        linkType: LinkType, snapLength: UInt32 = 262_144, resolution: TimeResolution = .microseconds,
        byteOrder: ByteOrder = .little
    ) {
        self.byteOrder = byteOrder
        self.resolution = resolution == .nanoseconds ? .nanoseconds : .microseconds
        self.linkType = linkType
        self.snapLength = snapLength
        hasModifiedRecords = false
        majorVersion = 2
        minorVersion = 4
        frameCheckBits = 0
    }

    /// The 24 bytes of the header; time zone and accuracy are 0, as everywhere.
    package var bytes: [UInt8] {
        let magic = Self.magics.first { $0.resolution == resolution && $0.hasModifiedRecords == hasModifiedRecords }
        var bytes: [UInt8] = []
        bytes.append(magic?.number ?? Self.magics[0].number, byteOrder)
        bytes.append(majorVersion, byteOrder)
        bytes.append(minorVersion, byteOrder)
        for number in [0, 0, snapLength, UInt32(frameCheckBits) << 16 | UInt32(linkType.rawValue)] {
            bytes.append(number, byteOrder)
        }
        return bytes
    }
}
