import ByteStreams
public import PacketBuffers
import PacketFiles

/// A capture file to read packets from: pcap or pcapng, perhaps compressed with gzip, zstd or lz4; a file or a pipe.
///
///     let file = CaptureFile(path: "mixed.pcapng")
///     try file.forEachPacket(matching: "udp port 53") { record, packet in
///         print(record.originalLength, packet[0])
///     }
public struct CaptureFile: Hashable, Sendable {
    /// The path of the file.
    public let path: String

    /// Names a file; nothing is opened yet.
    public init(path: String) { self.path = path }

    /// Opens the file to read the packets that a filter keeps.
    ///
    /// - Throws: ``PipelineError`` where the file is no capture, or the filter no filter for its packets.
    public func open(matching filter: PacketFilter = .everything) throws(PipelineError) -> FilteredCapture {
        let source: any ByteSource
        do { source = try FileSource(path: path).decompressed() } catch { throw .source(error) }
        return try FilteredCapture(source, filter: filter)
    }

    /// Calls `body` with each packet that a filter keeps, in the order of the file.
    ///
    /// - Parameters:
    ///   - filter: which packets to keep.
    ///   - body: takes what the capture says of the packet, and its captured bytes.
    /// - Returns: what was read and kept.
    /// - Throws: ``PipelineError`` where the file is damaged, after the packets before the place; or what `body` throws.
    @discardableResult
    public func forEachPacket(
        matching filter: PacketFilter = .everything, _ body: (PacketRecord, Span<UInt8>) throws -> Void
    ) throws -> PacketTally {
        var capture = try open(matching: filter)
        var batch = PacketBatch()
        while try capture.read(into: &batch) {
            let bytes = batch.storage.span
            for (index, verdict) in capture.verdicts.enumerated() where verdict > 0 {
                let record = batch.records[index]
                try body(record, bytes.extracting(record.dataRange))
            }
        }
        return capture.tally
    }

    /// Counts the packets that a filter keeps.
    ///
    /// - Throws: ``PipelineError`` where the file is damaged or the filter can't be used on its packets.
    public func count(matching filter: PacketFilter = .everything) throws(PipelineError) -> PacketTally {
        var capture = try open(matching: filter)
        var batch = PacketBatch()
        while try capture.read(into: &batch) {}
        return capture.tally
    }
}
