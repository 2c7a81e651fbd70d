import PacketBuffers

/// Finds the packets of a pcap file.
///
///     | 0: seconds | 4: fraction | 8: captured length | 12: original length | 16: the packet
struct PcapWalk: RecordWalk {
    private let header: PcapHeader
    let interfaces: [CaptureInterface]
    let sections: [CaptureSection]

    init(_ header: PcapHeader) {
        self.header = header
        interfaces = [
            CaptureInterface(
                linkType: header.linkType, snapLength: header.snapLength, resolution: header.resolution)
        ]
        sections = [
            CaptureSection(
                byteOrder: header.byteOrder, majorVersion: header.majorVersion, minorVersion: header.minorVersion)
        ]
    }

    mutating func walk(
        _ bytes: Span<UInt8>, from start: Int, records: inout [PacketRecord], metadata: inout [MetadataBlock]
    ) -> WalkEnd {
        let loop = Loop(header)
        var end = WalkEnd(position: start, damage: nil)
        // In portions, so that the records' memory is bounded by the packets there are, not by those there could be.
        var isDone = false
        while !isDone {
            records.append(addingCapacity: Loop.portion) { portion in
                isDone = loop.walk(bytes, &end, into: &portion)
            }
        }
        return end
    }

    func cutShort(_ rest: Span<UInt8>) -> Damage {
        guard rest.count >= header.recordHeaderLength else {
            return .cutShort("record header", at: 0, found: rest.count, needed: header.recordHeaderLength)
        }
        let lengths = Loop(header).lengths(rest)
        return .cutShort(
            "packet", at: 0, found: rest.count - header.recordHeaderLength, needed: Int(lengths.captured))
    }
}

/// The loop over the records, with everything it needs of the header in plain values.
private struct Loop {
    static let portion = 4096

    let order: ByteOrder
    let lengthOrder: PcapHeader.LengthOrder
    let headerLength: Int
    let unit: UInt64
    let maximum: UInt32
    let cut: UInt32
    let linkType: LinkType

    init(_ header: PcapHeader) {
        order = header.byteOrder
        lengthOrder = header.lengthOrder
        headerLength = header.recordHeaderLength
        unit = header.resolution == .nanoseconds ? 1 : 1000
        maximum = SnapLength.maximum(header.linkType)
        cut = header.cutLength
        linkType = header.linkType
    }

    /// Walks until the portion is full or the bytes are at their end; true for the latter.
    @inline(__always)
    func walk(_ bytes: Span<UInt8>, _ end: inout WalkEnd, into portion: inout OutputSpan<PacketRecord>) -> Bool {
        var position = end.position
        defer { end.position = position }
        while !portion.isFull {
            guard bytes.count &- position >= headerLength else { return true }
            let head = bytes.extracting(position..<(position &+ 16))
            let lengths = self.lengths(head)
            guard lengths.captured <= maximum else {
                end.damage = .capturedLength(lengths.captured, at: position, maximum: maximum)
                return true
            }
            let next = position &+ headerLength &+ Int(lengths.captured)
            guard next <= bytes.count else { return true }
            portion.append(
                PacketRecord(
                    dataOffset: position &+ headerLength, recordOffset: position, recordLength: next &- position,
                    nanoseconds: UInt64(head.word(at: 0, order)) &* 1_000_000_000
                        &+ UInt64(head.word(at: 4, order)) &* unit,
                    capturedLength: min(lengths.captured, cut), originalLength: lengths.original, linkType: linkType))
            position = next
        }
        return false
    }

    @inline(__always)
    func lengths(_ head: Span<UInt8>) -> (captured: UInt32, original: UInt32) {
        let first = head.word(at: 8, order)
        let second = head.word(at: 12, order)
        switch lengthOrder {
        case .capturedFirst: return (first, second)
        case .originalFirst: return (second, first)
        case .smallerIsCaptured: return first <= second ? (first, second) : (second, first)
        }
    }
}
