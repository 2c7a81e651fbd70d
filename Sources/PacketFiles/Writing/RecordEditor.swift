import PacketBuffers

/// Rewrites the records of one format where they can't be copied as they are.
protocol RecordEditor {
    /// The bytes that stand for a packet of which `keep` bytes are wanted; nil for the bytes it has.
    mutating func replacement(for record: PacketRecord, keeping keep: UInt32, in storage: [UInt8]) -> [UInt8]?

    /// The bytes that stand for what lies between packets; nil for the bytes it has.
    mutating func replacement(for block: MetadataBlock, in storage: [UInt8]) -> [UInt8]?
}

/// Rewrites pcap records.
struct PcapEditor: RecordEditor {
    private let header: PcapHeader
    private let limit: UInt32

    init(_ header: PcapHeader, limit: UInt32) {
        self.header = header
        self.limit = limit
    }

    func replacement(for record: PacketRecord, keeping keep: UInt32, in storage: [UInt8]) -> [UInt8]? {
        let headerLength = header.recordHeaderLength
        let kept = min(keep, limit, record.capturedLength)
        guard Int(kept) < record.recordLength - headerLength else { return nil }
        let end = record.recordOffset + headerLength + Int(kept)
        var bytes = Array(storage[record.recordOffset..<end])
        let (captured, original): (Int, Int) = header.lengthOrder == .originalFirst ? (12, 8) : (8, 12)
        bytes.replace(at: captured, by: kept, header.byteOrder)
        bytes.replace(at: original, by: record.originalLength, header.byteOrder)
        return bytes
    }

    func replacement(for block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        guard limit < SnapLength.effective(header.snapLength, header.linkType) else { return nil }
        var bytes = Array(storage[block.range])
        bytes.replace(at: 16, by: limit, header.byteOrder)
        return bytes
    }
}
