import PacketBuffers

/// Rewrites pcapng blocks.
struct PcapngEditor: RecordEditor {
    private let limit: UInt32
    private var order = ByteOrder.little
    /// The most bytes a simple packet block of the section holds, as read and as written; nil before its interface.
    private var simpleLength: (read: UInt32, written: UInt32)?

    init(limit: UInt32) { self.limit = limit }

    mutating func replacement(for record: PacketRecord, keeping keep: UInt32, in storage: [UInt8]) -> [UInt8]? {
        let kept = min(keep, limit, record.capturedLength)
        let block = storage.span.extracting(record.recordRange)
        switch BlockType(rawValue: block.word(at: 0, order)) {
        case .simplePacket: return simple(record, kept, in: storage)
        case .enhancedPacket, .obsoletePacket:
            return kept == record.capturedLength ? nil : cut(record, to: kept, in: storage)
        case .sectionHeader, .interfaceDescription, .interfaceStatistics, nil: return nil
        }
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
        simpleLength = nil
        guard bytes.doubleWord(at: 16, order) != .max else { return nil }
        var copy = Array(storage[block.range])
        for index in 16..<24 { copy[index] = 0xff }
        return copy
    }

    private mutating func interface(_ bytes: Span<UInt8>, _ block: MetadataBlock, in storage: [UInt8]) -> [UInt8]? {
        let linkType = LinkType(rawValue: bytes.half(at: 8, order))
        let snapLength = SnapLength.effective(bytes.word(at: 12, order), linkType)
        if simpleLength == nil { simpleLength = (snapLength, min(snapLength, limit)) }
        guard limit < snapLength else { return nil }
        var copy = Array(storage[block.range])
        copy.replace(at: 12, by: limit, order)
        return copy
    }

    /// Shortens a packet, with its options kept.
    private func cut(_ record: PacketRecord, to kept: UInt32, in storage: [UInt8]) -> [UInt8] {
        let block = record.recordRange
        let options = (record.dataOffset + (Int(record.capturedLength) + 3) & ~3)..<(block.upperBound - 4)
        var bytes = Array(storage[block.lowerBound..<(record.dataOffset + Int(kept))])
        bytes.pad()
        if !options.isEmpty { bytes.append(contentsOf: storage[options]) }
        bytes.replace(at: 20, by: kept, order)
        return close(bytes)
    }

    /// Shortens a simple packet, which can't say how many bytes it holds.
    ///
    /// It holds as many as its interface's snap length allows. Where the packet is to be shorter than that, an
    /// enhanced packet block of the time 0 is written, which is the time a simple one is read with.
    private func simple(_ record: PacketRecord, _ kept: UInt32, in storage: [UInt8]) -> [UInt8]? {
        guard let simpleLength else { return nil }
        if kept == record.capturedLength, simpleLength.read == simpleLength.written { return nil }
        let data = storage[record.dataOffset..<(record.dataOffset + Int(kept))]
        var bytes: [UInt8] = []
        if kept == min(record.originalLength, simpleLength.written) {
            bytes.append(BlockType.simplePacket.rawValue, order)
            bytes.append(UInt32(0), order)
        } else {
            bytes.append(BlockType.enhancedPacket.rawValue, order)
            for number: UInt32 in [0, 0, 0, 0, kept] { bytes.append(number, order) }
        }
        bytes.append(record.originalLength, order)
        bytes.append(contentsOf: data)
        bytes.pad()
        return close(bytes)
    }

    /// Completes a block that has everything but its two lengths right.
    private func close(_ bytes: [UInt8]) -> [UInt8] {
        var block = bytes
        let length = UInt32(truncatingIfNeeded: block.count + 4)
        block.append(length, order)
        block.replace(at: 4, by: length, order)
        return block
    }
}
