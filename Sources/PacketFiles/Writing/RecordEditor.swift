import PacketBuffers

/// Rewrites the records of one format where they can't be copied as they are.
protocol RecordEditor {
    /// Whether a packet of which `keep` bytes are wanted can be copied as it is.
    func keepsWhole(_ record: PacketRecord, _ keep: UInt32) -> Bool

    /// Appends a packet that can't be copied as it is.
    func append(_ record: PacketRecord, keeping keep: UInt32, in storage: [UInt8], to output: inout [UInt8])

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

    @inline(__always)
    func keepsWhole(_ record: PacketRecord, _ keep: UInt32) -> Bool {
        Int(min(keep, limit, record.capturedLength)) == record.recordLength &- header.recordHeaderLength
    }

    func append(_ record: PacketRecord, keeping keep: UInt32, in storage: [UInt8], to output: inout [UInt8]) {
        let kept = min(keep, limit, record.capturedLength)
        let start = output.count
        output.append(contentsOf: storage[record.recordOffset..<(record.dataOffset + Int(kept))])
        let (captured, original) = header.lengthOrder == .originalFirst ? (12, 8) : (8, 12)
        output.replace(at: start + captured, by: kept, header.byteOrder)
        output.replace(at: start + original, by: record.originalLength, header.byteOrder)
    }

    func replacement(for block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        guard limit < SnapLength.effective(header.snapLength, header.linkType) else { return nil }
        var bytes = Array(storage[block.range])
        bytes.replace(at: 16, by: limit, header.byteOrder)
        return bytes
    }
}
