import PacketBuffers

/// Finds the packets of a pcapng file, and the blocks between them.
///
///     | 0: type | 4: length | 8: body | length - 4: length again |
struct PcapngWalk: RecordWalk {
    private(set) var interfaces: [CaptureInterface] = []
    private(set) var sections: [CaptureSection] = []
    private var rules: [InterfaceRules] = []
    /// Where the current section's interfaces begin in `interfaces`.
    private var firstInterface = 0
    private var order = ByteOrder.little
    private var longestBlock = BlockLength.maximum(packet: 0)
    /// Whether the walk stops after the first interface, once.
    private var stopsAtInterface = true

    /// The most interfaces and the most sections kept, so that a file of nothing else can't fill the memory.
    private static let mostInterfaces = 1 << 20

    mutating func walk(
        _ bytes: Span<UInt8>, from start: Int, records: inout [PacketRecord], metadata: inout [MetadataBlock]
    ) -> WalkEnd {
        var end = WalkEnd(position: start, damage: nil)
        do {
            while !end.isStop {
                walkPackets(bytes, &end.position, &records)
                guard let length = try blockLength(bytes, at: end.position) else { break }
                let range = end.position..<(end.position &+ length)
                let block = bytes.extracting(range)
                switch BlockType(rawValue: block.word(at: 0, order)) {
                case .enhancedPacket:
                    records.append(try enhancedPacket(block, at: range.lowerBound))
                case .simplePacket:
                    records.append(try simplePacket(block, at: range.lowerBound))
                case .obsoletePacket:
                    records.append(try obsoletePacket(block, at: range.lowerBound))
                case .sectionHeader:
                    try beginSection(block)
                    metadata.append(MetadataBlock(packetsBefore: records.count, range: range))
                case .interfaceDescription:
                    try addInterface(block)
                    metadata.append(MetadataBlock(packetsBefore: records.count, range: range))
                    end.isStop = stopsAtInterface
                    stopsAtInterface = false
                case .interfaceStatistics, nil:
                    metadata.append(MetadataBlock(packetsBefore: records.count, range: range))
                }
                end.position = range.upperBound
            }
        } catch {
            end.damage = error.moved(by: end.position)
        }
        return end
    }

    /// Walks over enhanced packet blocks, fast, up to the first block that is something else or not in order.
    private func walkPackets(_ bytes: Span<UInt8>, _ position: inout Int, _ records: inout [PacketRecord]) {
        guard firstInterface < rules.count else { return }
        var loop = EnhancedPacketLoop(order, rules[firstInterface], firstInterface, longestBlock)
        var isDone = false
        while !isDone {
            records.append(addingCapacity: EnhancedPacketLoop.portion) { portion in
                isDone = loop.walk(bytes, &position, rules, into: &portion)
            }
        }
    }

    func cutShort(_ rest: Span<UInt8>) -> Damage {
        guard rest.count >= 8 else { return .cutShort("block header", at: 0, found: rest.count, needed: 8) }
        guard rest.word(at: 0, order) != BlockType.sectionHeader.rawValue else {
            guard rest.count >= 12 else { return .cutShort("section header", at: 0, found: rest.count, needed: 28) }
            let length = Int(rest.word(at: 4, SectionHeader.byteOrder(rest) ?? order))
            return .cutShort("section header", at: 0, found: rest.count, needed: length)
        }
        return .cutShort("block", at: 0, found: rest.count, needed: Int(rest.word(at: 4, order)))
    }
}

// MARK: - Blocks

extension PcapngWalk {
    /// The length of the block at `position`; nil where it is not there as a whole.
    private mutating func blockLength(_ bytes: Span<UInt8>, at position: Int) throws(Damage) -> Int? {
        let there = bytes.count &- position
        guard there >= 12 else { return nil }
        let head = bytes.extracting(position..<(position &+ 12))
        if head.word(at: 0, .little) == BlockType.sectionHeader.rawValue {
            guard let order = SectionHeader.byteOrder(head) else {
                throw .byteOrderMagic(head.word(at: 8, self.order), at: 8)
            }
            self.order = order
            let length = head.word(at: 4, order)
            // The length at the end of the first block is not compared: libpcap doesn't.
            if sections.isEmpty {
                guard length >= SectionHeader.minimumLength, length <= BlockLength.largestSectionHeader else {
                    throw .sectionLength(length, at: 4)
                }
                return Int(length) <= there ? Int(length) : nil
            }
        }
        let length = head.word(at: 4, order)
        guard length >= BlockType.overhead else {
            throw .blockTooShort(length, at: 4, needed: BlockType.overhead)
        }
        guard length & 3 == 0 else { throw .blockUnaligned(length, at: 4) }
        guard Int(length) <= longestBlock else { throw .blockTooLong(length, at: 4, maximum: longestBlock) }
        guard Int(length) <= there else { return nil }
        let last = bytes.word(at: position &+ Int(length) &- 4, order)
        guard last == length else { throw .blockLengthsDiffer(length, last, at: 4) }
        return Int(length)
    }

    private mutating func beginSection(_ block: Span<UInt8>) throws(Damage) {
        guard block.count >= SectionHeader.minimumLength else {
            throw .blockTooShort(UInt32(block.count), at: 4, needed: SectionHeader.minimumLength, "section header")
        }
        guard sections.count < Self.mostInterfaces else {
            throw .tooManyInterfaces(at: 0, maximum: Self.mostInterfaces)
        }
        let section = SectionHeader.read(block, order)
        // Of a later section libpcap compares only the major version.
        let minorIsKnown = section.minorVersion == 0 || section.minorVersion == 2 || !sections.isEmpty
        guard section.majorVersion == 1, minorIsKnown else {
            throw .unknownVersion("pcapng", section.majorVersion, section.minorVersion, known: "1.0 and 1.2")
        }
        sections.append(section)
        firstInterface = interfaces.count
    }

    private mutating func addInterface(_ block: Span<UInt8>) throws(Damage) {
        guard block.count >= InterfaceDescription.minimumLength else {
            throw .blockTooShort(
                UInt32(block.count), at: 4, needed: InterfaceDescription.minimumLength, "interface description")
        }
        guard interfaces.count < Self.mostInterfaces else {
            throw .tooManyInterfaces(at: 0, maximum: Self.mostInterfaces)
        }
        var interface = try InterfaceDescription.read(block, order)
        interface.section = sections.count - 1
        interfaces.append(interface)
        rules.append(InterfaceRules(interface))
        longestBlock = max(longestBlock, BlockLength.maximum(packet: SnapLength.maximum(interface.linkType)))
    }
}

// MARK: - Packets

extension PcapngWalk {
    /// Reads an enhanced packet block.
    ///
    ///     | 8: interface | 12: time, upper half | 16: lower half | 20: captured length | 24: original length | 28: packet
    private func enhancedPacket(_ block: Span<UInt8>, at position: Int) throws(Damage) -> PacketRecord {
        try packet(.enhancedPacket, interfaceNumber: { block in block.word(at: 8, order) }, block, at: position)
    }

    /// Reads a packet block as written before the enhanced one; its interface number has 16 bits, a drop count follows.
    private func obsoletePacket(_ block: Span<UInt8>, at position: Int) throws(Damage) -> PacketRecord {
        try packet(.obsoletePacket, interfaceNumber: { block in UInt32(block.half(at: 8, order)) }, block, at: position)
    }

    private func packet(
        _ type: BlockType, interfaceNumber: (Span<UInt8>) -> UInt32, _ block: Span<UInt8>, at position: Int
    ) throws(Damage) -> PacketRecord {
        guard block.count >= 32 else {
            throw .blockTooShort(UInt32(block.count), at: 4, needed: 32, "packet block")
        }
        let number = interfaceNumber(block)
        let rules = try rules(number)
        let captured = block.word(at: 20, order)
        guard captured <= rules.cut else { throw .capturedLength(captured, at: 20, snapLength: rules.cut) }
        guard Int(captured) <= block.count &- 32 else {
            throw .capturedLength(captured, at: 20, room: block.count &- 32)
        }
        let ticks = UInt64(block.word(at: 12, order)) &<< 32 | UInt64(block.word(at: 16, order))
        return PacketRecord(
            dataOffset: position &+ type.headerLength, recordOffset: position, recordLength: block.count,
            nanoseconds: rules.clock.nanoseconds(ticks), capturedLength: captured,
            originalLength: block.word(at: 24, order),
            interface: UInt32(truncatingIfNeeded: firstInterface) &+ number, linkType: rules.linkType)
    }

    /// Reads a simple packet block: it has no time, belongs to the section's first interface, and holds as much of
    /// the packet as the interface's snap length allows.
    ///
    ///     | 8: original length | 12: packet
    private func simplePacket(_ block: Span<UInt8>, at position: Int) throws(Damage) -> PacketRecord {
        guard block.count >= 16 else {
            throw .blockTooShort(UInt32(block.count), at: 4, needed: 16, "packet block")
        }
        let rules = try rules(0)
        let original = block.word(at: 8, order)
        let captured = min(original, rules.cut)
        guard Int(captured) <= block.count &- 16 else {
            throw .capturedLength(captured, at: 8, room: block.count &- 16)
        }
        return PacketRecord(
            dataOffset: position &+ BlockType.simplePacket.headerLength, recordOffset: position,
            recordLength: block.count, nanoseconds: 0, capturedLength: captured, originalLength: original,
            interface: UInt32(truncatingIfNeeded: firstInterface), linkType: rules.linkType)
    }

    private func rules(_ number: UInt32) throws(Damage) -> InterfaceRules {
        let known = rules.count &- firstInterface
        guard Int(number) < known else { throw .unknownInterface(number, at: 8, known: known) }
        return rules[firstInterface &+ Int(number)]
    }
}
