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
    /// The part of the batch's storage that is to be written next, as it is.
    private var run = 0..<0

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
        try copy(batch) { _ in .max }
    }

    /// Copies those packets of a batch that are wanted, and its metadata.
    ///
    /// - Parameters:
    ///   - batch: what was read.
    ///   - verdicts: for each packet the number of bytes to keep; 0 leaves the packet out, more than there are keeps
    ///     it whole. Packets without a verdict are left out.
    public func copy(_ batch: PacketBatch, keeping verdicts: [UInt32]) throws(StreamError) {
        try copy(batch) { index in index < verdicts.count ? verdicts[index] : 0 }
    }

    private func copy(_ batch: PacketBatch, verdict: (Int) -> UInt32) throws(StreamError) {
        run = 0..<0
        var nextBlock = 0
        for index in batch.records.indices {
            while nextBlock < batch.metadata.count, batch.metadata[nextBlock].packetsBefore <= index {
                try copy(batch.metadata[nextBlock], in: batch.storage)
                nextBlock += 1
            }
            let keep = verdict(index)
            if keep > 0 { try copy(batch.records[index], keep, in: batch.storage) }
        }
        while nextBlock < batch.metadata.count {
            try copy(batch.metadata[nextBlock], in: batch.storage)
            nextBlock += 1
        }
        try endRun(in: batch.storage)
    }

    private func copy(_ record: PacketRecord, _ keep: UInt32, in storage: [UInt8]) throws(StreamError) {
        let range = record.recordRange
        let replacement = editor.replacement(for: record, keeping: keep, in: storage)
        try append(range, replacement, in: storage)
    }

    private func copy(_ block: MetadataBlock, in storage: [UInt8]) throws(StreamError) {
        try append(block.range, editor.replacement(for: block, in: storage), in: storage)
    }

    /// Adds a range to the run, or ends the run and writes what replaces the range.
    private func append(_ range: Range<Int>, _ replacement: [UInt8]?, in storage: [UInt8]) throws(StreamError) {
        if let replacement {
            try endRun(in: storage)
            try sink.write(replacement)
        } else if range.lowerBound == run.upperBound {
            run = run.lowerBound..<range.upperBound
        } else {
            try endRun(in: storage)
            run = range
        }
    }

    private func endRun(in storage: [UInt8]) throws(StreamError) {
        let whole = run.clamped(to: 0..<storage.count)
        run = 0..<0
        if !whole.isEmpty { try sink.write(storage, range: whole) }
    }
}
