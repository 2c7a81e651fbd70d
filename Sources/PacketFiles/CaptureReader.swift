public import ByteStreams
public import PacketBuffers

/// Reads the packets of a capture file: pcap or pcapng, whatever its name says.
///
/// The file is read from beginning to end in pieces, into the storage of the caller's batch; memory does not grow
/// with the file. Files and pipes are read alike.
///
///     let reader = try CaptureReader(path: "capture.pcapng.zst")
///     var batch = PacketBatch()
///     while try reader.read(into: &batch) {
///         for packet in batch.records { ... }
///     }
public final class CaptureReader {
    /// What the capture is called in messages.
    public var name: String { source.name }
    /// The format of the file.
    public let format: CaptureFormat

    private let source: any ByteSource
    private var walk: any RecordWalk
    /// Bytes that were read and belong to the next batch.
    private var carried: [UInt8]
    /// How many of the carried bytes were walked over when the file was opened, and what was found there.
    private var opened: (position: Int, metadata: [MetadataBlock])
    /// The file offset of the first carried byte.
    private var base: UInt64 = 0
    private var failure: CaptureError?
    private var isAtEnd = false

    /// Reads the beginning of a capture: a pcap header, or a pcapng section up to its first interface.
    ///
    /// - Parameter source: the bytes of the capture, decompressed.
    public init(_ source: any ByteSource) throws(CaptureError) {
        let opening = try Opening.read(source)
        self.source = source
        format = opening.format
        walk = opening.walk
        carried = opening.bytes
        opened = (opening.position, opening.metadata)
    }

    /// The interfaces described so far, at least one; a record's `interface` is an index into them.
    ///
    /// In pcapng files, interfaces can be described between packets. Those of all sections are numbered through.
    public var interfaces: [CaptureInterface] { walk.interfaces }

    /// The sections begun so far, at least one.
    public var sections: [CaptureSection] { walk.sections }

    /// How far the underlying file has been read; nil on pipes.
    public var progress: StreamProgress? { source.progress }

    /// Replaces the batch's content by the next packets.
    ///
    /// It returns as soon as there is something. A batch can hold metadata and no packet. Where the file is cut short
    /// or damaged, the packets before the place are delivered first, then the error is thrown, now and ever after.
    ///
    /// - Parameter batch: its storage is filled up to its size, and doubled where one record needs more, but only
    ///   when it is full of bytes that are really there. The largest record of a pcap file has 256 KiB of packet, of a
    ///   pcapng file 16 MiB in all; D-Bus captures have packets of up to 128 MiB.
    /// - Returns: false at the end of the capture; the batch is then empty.
    public func read(into batch: inout PacketBatch) throws(CaptureError) -> Bool {
        batch.removeAll()
        if let failure { throw failure }
        if isAtEnd { return false }

        var storage: [UInt8] = []
        swap(&storage, &batch.storage)
        defer { swap(&storage, &batch.storage) }
        var filled = handOver(to: &storage)
        var position = opened.position
        batch.metadata.append(contentsOf: opened.metadata)
        opened = (0, [])
        while true {
            let end = walk.walk(
                storage.span.extracting(0..<filled), from: position,
                records: &batch.records, metadata: &batch.metadata)
            position = end.position
            if let damage = end.damage { failure = CaptureError(damage, name: name, base: base) }
            if position > 0 || failure != nil { break }
            guard let count = readPiece(into: &storage, after: filled) else { break }
            filled += count
        }
        carried = Array(storage[position..<filled])
        base &+= UInt64(position)
        if position > 0 { return true }
        if let failure { throw failure }
        return false
    }

    /// Puts the carried bytes at the front of the storage, and returns how many they are.
    private func handOver(to storage: inout [UInt8]) -> Int {
        if storage.count < carried.count {
            storage = [UInt8](repeating: 0, count: carried.count)
        }
        storage.replaceSubrange(0..<carried.count, with: carried)
        return carried.count
    }

    /// Reads once behind the bytes there are, which begin with an incomplete record; nil where no more will come.
    private func readPiece(into storage: inout [UInt8], after filled: Int) -> Int? {
        if filled == storage.count {
            storage.append(contentsOf: [UInt8](repeating: 0, count: max(storage.count, 4096)))
        }
        do {
            let count = try source.read(into: &storage, range: filled..<storage.count)
            if count > 0 { return count }
        } catch {
            failure = CaptureError(error)
            return nil
        }
        isAtEnd = true
        if filled > 0 {
            failure = CaptureError(walk.cutShort(storage.span.extracting(0..<filled)), name: name, base: base)
        }
        return nil
    }
}
