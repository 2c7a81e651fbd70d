import ByteStreams
import PacketBuffers

/// The beginning of a capture: enough of it to know its format and its first interface.
struct Opening {
    var format: CaptureFormat
    var walk: any RecordWalk
    /// The bytes read so far.
    var bytes: [UInt8]
    /// How many of them were walked over, and what was found there.
    var position: Int
    var metadata: [MetadataBlock]

    /// Reads until the first interface is known, or fails as the whole capture fails.
    static func read(_ source: any ByteSource) throws(CaptureError) -> Opening {
        var piece = [UInt8](repeating: 0, count: 4096)
        var bytes: [UInt8] = []
        var isAtEnd = false
        while true {
            do {
                if let opening = try find(in: bytes, isAtEnd: isAtEnd) { return opening }
            } catch {
                throw CaptureError(error, name: source.name, base: 0)
            }
            do {
                let count = try source.read(into: &piece, range: 0..<piece.count)
                bytes.append(contentsOf: piece[..<count])
                isAtEnd = count == 0
            } catch {
                throw CaptureError(error)
            }
        }
    }

    /// Looks at the bytes there are; nil where more are needed, which is never so at the end.
    private static func find(in bytes: [UInt8], isAtEnd: Bool) throws(Damage) -> Opening? {
        guard bytes.count >= 4 else {
            if isAtEnd {
                throw bytes.isEmpty ? .empty() : .cutShort("magic number", at: 0, found: bytes.count, needed: 4)
            }
            return nil
        }
        if PcapHeader.recognises(bytes.span) { return try pcap(bytes, isAtEnd: isAtEnd) }
        guard bytes.span.word(at: 0, .little) == BlockType.sectionHeader.rawValue else {
            throw .unknownFormat(bytes.span)
        }
        return try pcapng(bytes, isAtEnd: isAtEnd)
    }

    private static func pcap(_ bytes: [UInt8], isAtEnd: Bool) throws(Damage) -> Opening? {
        guard bytes.count >= PcapHeader.length else {
            if isAtEnd { throw .cutShort("file header", at: 0, found: bytes.count, needed: PcapHeader.length) }
            return nil
        }
        let header = try PcapHeader(bytes.span)
        return Opening(
            format: .pcap(header), walk: PcapWalk(header), bytes: bytes, position: PcapHeader.length,
            metadata: [MetadataBlock(packetsBefore: 0, range: 0..<PcapHeader.length)])
    }

    private static func pcapng(_ bytes: [UInt8], isAtEnd: Bool) throws(Damage) -> Opening? {
        guard bytes.count >= 12 else {
            if isAtEnd { throw .cutShort("section header", at: 0, found: bytes.count, needed: 28) }
            return nil
        }
        guard SectionHeader.byteOrder(bytes.span) != nil else { throw .unknownFormat(bytes.span) }
        var walk = PcapngWalk()
        var records: [PacketRecord] = []
        var metadata: [MetadataBlock] = []
        let end = walk.walk(bytes.span, from: 0, records: &records, metadata: &metadata)
        if let damage = end.damage { throw damage }
        guard end.isStop else {
            guard isAtEnd else { return nil }
            guard end.position < bytes.count else { throw .noInterface(at: end.position) }
            let rest = bytes.span.extracting(end.position..<bytes.count)
            throw walk.cutShort(rest).moved(by: end.position)
        }
        return Opening(format: .pcapng, walk: walk, bytes: bytes, position: end.position, metadata: metadata)
    }
}
