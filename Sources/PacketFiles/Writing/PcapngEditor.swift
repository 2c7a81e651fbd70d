import PacketBuffers

/// Rewrites pcapng blocks.
struct PcapngEditor: RecordEditor {
    private let limit: UInt32
    private var order = ByteOrder.little
    /// The most bytes a simple packet block of the section holds, as read and as written.
    private var simpleLength: (read: UInt32, written: UInt32) = (0, 0)
    private var hasInterface = false

    init(limit: UInt32) { self.limit = limit }

    @inline(__always)
    func keepsWhole(_ record: PacketRecord, _ keep: UInt32) -> Bool {
        guard min(keep, limit) >= record.capturedLength else { return false }
        let isSimple = record.dataOffset &- record.recordOffset == BlockType.simplePacket.headerLength
        return !isSimple || simpleLength.read == simpleLength.written
    }

    func append(_ record: PacketRecord, keeping keep: UInt32, in storage: [UInt8], to output: inout [UInt8]) {
        let kept = min(keep, limit, record.capturedLength)
        let start = output.count
        if record.dataOffset - record.recordOffset == BlockType.simplePacket.headerLength {
            appendSimple(record, kept, in: storage, to: &output)
        } else {
            appendCut(record, kept, in: storage, to: &output)
        }
        let length = UInt32(truncatingIfNeeded: output.count - start + 4)
        output.append(length, order)
        output.replace(at: start + 4, by: length, order)
    }

    mutating func replacement(for block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        let bytes = storage.span.extracting(block.range)
        switch BlockType(rawValue: bytes.word(at: 0, order)) {
        case .sectionHeader: return sectionHeader(bytes, block, in: storage)
        case .interfaceDescription: return interface(bytes, block, in: storage)
        case .interfaceStatistics, .simplePacket, .enhancedPacket, .obsoletePacket, nil: return nil
        }
    }

    /// Makes the section's length unspecified, for it counts the bytes of packets that may be left out.
    private mutating func sectionHeader(_ bytes: Span<UInt8>, _ block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        order = SectionHeader.byteOrder(bytes) ?? order
        hasInterface = false
        guard bytes.doubleWord(at: 16, order) != .max else { return nil }
        var copy = Array(storage[block.range])
        for index in 16..<24 { copy[index] = 0xff }
        return copy
    }

    private mutating func interface(_ bytes: Span<UInt8>, _ block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        let linkType = LinkType(rawValue: bytes.half(at: 8, order))
        let snapLength = SnapLength.effective(bytes.word(at: 12, order), linkType)
        if !hasInterface { simpleLength = (snapLength, min(snapLength, limit)) }
        hasInterface = true
        guard limit < snapLength else { return nil }
        var copy = Array(storage[block.range])
        copy.replace(at: 12, by: limit, order)
        return copy
    }

    /// Appends all but the last word of a block that is shortened, with its options kept.
    private func appendCut(_ record: PacketRecord, _ kept: UInt32, in storage: [UInt8], to output: inout [UInt8]) {
        let start = output.count
        let options = record.dataOffset + (Int(record.capturedLength) + 3) & ~3
        output.append(contentsOf: storage[record.recordOffset..<(record.dataOffset + Int(kept))])
        output.pad(from: start)
        output.append(contentsOf: storage[options..<(record.recordRange.upperBound - 4)])
        output.replace(at: start + 20, by: kept, order)
    }

    /// Appends all but the last word of a simple packet block, which can't say how many bytes it holds.
    ///
    /// It holds as many as its interface's snap length allows. Where the packet is to be shorter than that, an
    /// enhanced packet block of the time 0 is written, which is the time a simple one is read with.
    private func appendSimple(_ record: PacketRecord, _ kept: UInt32, in storage: [UInt8], to output: inout [UInt8]) {
        let start = output.count
        let isSimple = kept == min(record.originalLength, simpleLength.written)
        let type = isSimple ? BlockType.simplePacket : .enhancedPacket
        output.append(type.rawValue, order)
        output.append(UInt32(0), order)
        if !isSimple { for number in [0, 0, 0, kept] { output.append(number, order) } }
        output.append(record.originalLength, order)
        output.append(contentsOf: storage[record.dataOffset..<(record.dataOffset + Int(kept))])
        output.pad(from: start)
    }
}
