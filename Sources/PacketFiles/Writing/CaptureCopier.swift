public import ByteStreams
public import PacketBuffers

/// Copies a capture with packets left out or shortened, everything else as it is.
///
/// What is written has the format, byte order and time resolution of what was read. Records are copied byte for
/// byte with their times, lengths, options and comments; so are name resolutions, decryption secrets, custom blocks
/// and interface statistics, which tell of the capturing and stay true. Only what would become false changes: the
/// length of a shortened packet, the snap length where one is given, and the byte count of a pcapng section, which
/// becomes unspecified.
///
///     let copier = CaptureCopier(reader.format, to: sink)
///     while try reader.read(into: &batch) {
///         try copier.copy(batch, keeping: verdicts(of: batch))
///     }
///     try sink.finish()
public final class CaptureCopier {
    private let sink: any ByteSink
    private var editor: any RecordEditor
    private var output = CopyOutput()

    /// Starts a copy; batches must come in order, from the first one of the reader.
    ///
    /// - Parameters:
    ///   - format: the format of the capture being read.
    ///   - sink: where the copy goes.
    ///   - snapLength: the most bytes to keep of a packet; nil for all. Files that are cut shorter stay so.
    public init(_ format: CaptureFormat, to sink: any ByteSink, snapLength: UInt32? = nil) {
        self.sink = sink
        let limit = snapLength.map { max($0, 1) } ?? .max
        switch format {
        case .pcap(let header): editor = PcapEditor(header, limit: limit)
        case .pcapng: editor = PcapngEditor(limit: limit)
        }
    }

    /// Copies every packet of a batch, and its metadata.
    public func copy(_ batch: PacketBatch) throws(StreamError) {
        try copy(batch, keeping: [UInt32](repeating: .max, count: batch.records.count))
    }

    /// Copies those packets of a batch that are wanted, and its metadata.
    ///
    /// - Parameters:
    ///   - batch: what was read.
    ///   - verdicts: for each packet the number of bytes to keep; 0 leaves the packet out, more than there are keeps
    ///     it whole. Packets without a verdict are left out.
    public func copy(_ batch: PacketBatch, keeping verdicts: [UInt32]) throws(StreamError) {
        let count = min(verdicts.count, batch.records.count)
        var next = 0
        for block in batch.metadata {
            let end = max(next, min(block.packetsBefore, count))
            try editor.copy(batch, next..<end, verdicts, &output, sink)
            next = end
            if let replacement = editor.replacement(for: block, in: batch.storage) {
                try output.endRun(batch.storage, sink)
                output.append(replacement)
            } else {
                try output.add(block.range, batch.storage, sink)
            }
        }
        try editor.copy(batch, next..<count, verdicts, &output, sink)
        try output.flush(batch.storage, sink)
    }
}

extension RecordEditor {
    /// Copies the wanted ones of a range of packets.
    fileprivate func copy(
        _ batch: PacketBatch, _ range: Range<Int>, _ verdicts: [UInt32], _ output: inout CopyOutput,
        _ sink: any ByteSink
    ) throws(StreamError) {
        for index in range where verdicts[index] > 0 {
            let record = batch.records[index]
            if keepsWhole(record, verdicts[index]) {
                try output.add(record.recordRange, batch.storage, sink)
            } else {
                try output.endRun(batch.storage, sink)
                append(record, keeping: verdicts[index], in: batch.storage, to: &output.bytes)
            }
        }
    }
}

/// What is to be written next: bytes that were put together, then a run of the storage as it is.
private struct CopyOutput {
    var bytes: [UInt8] = []
    private var run = 0..<0

    /// Runs from this length on go to the sink without being collected first.
    private static let longRun = 4096
    private static let enough = 1 << 16

    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Adds a range of the storage; it follows on the run, or begins a new one.
    @inline(__always)
    mutating func add(_ range: Range<Int>, _ storage: [UInt8], _ sink: any ByteSink) throws(StreamError) {
        if range.lowerBound != run.upperBound {
            try endRun(storage, sink)
            run = range
        } else {
            run = run.lowerBound..<range.upperBound
        }
    }

    mutating func endRun(_ storage: [UInt8], _ sink: any ByteSink) throws(StreamError) {
        let whole = run.clamped(to: 0..<storage.count)
        run = 0..<0
        if whole.count < Self.longRun {
            bytes.append(contentsOf: storage[whole])
            if bytes.count >= Self.enough { try flushBytes(sink) }
        } else {
            try flushBytes(sink)
            try sink.write(storage, range: whole)
        }
    }

    mutating func flush(_ storage: [UInt8], _ sink: any ByteSink) throws(StreamError) {
        try endRun(storage, sink)
        try flushBytes(sink)
    }

    private mutating func flushBytes(_ sink: any ByteSink) throws(StreamError) {
        if !bytes.isEmpty { try sink.write(bytes) }
        bytes.removeAll(keepingCapacity: true)
    }
}
