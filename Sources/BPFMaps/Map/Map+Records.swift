public import BPFModel

// Maps that hand records to the host: ring buffers and perf event arrays.
extension Map {
    /// Opens the rings of a perf event array: one for each worker, as far as it has entries.
    ///
    /// A worker without a ring gets `ENOENT` from `bpf_perf_event_output`. Rings that are open stay as they are; ring
    /// buffers have theirs from the start.
    ///
    /// - Parameters:
    ///   - workers: how many; workers are numbered from 0.
    ///   - bytes: the size of each ring: a power of two, at least 4096.
    /// - Throws: `EINVAL` for other maps and sizes, `E2BIG` for more workers than entries, `ENOMEM` for want of memory.
    public func openRecords(workers: Int = 1, bytes: Int = 1 << 18) throws(Errno) {
        if spec.type == .ringbuf { return }
        guard let perf = kind as? PerfMap, workers >= 0, let workers = UInt32(exactly: workers) else {
            throw .invalid
        }
        for worker in 0..<workers { try perf.open(worker, bytes: bytes) }
    }

    /// The records as they come; ``RecordSequence`` says in which order.
    ///
    /// - Throws: `EINVAL` for maps without records.
    public var records: RecordSequence {
        get throws(Errno) { RecordSequence(rings: try rings()) }
    }

    /// Reads the records that are complete, without copying them.
    ///
    /// Within a ring they come in the order of their reservation; one that is still being written holds up those
    /// behind it. Room is free again when `body` returns.
    ///
    /// - Parameters:
    ///   - limit: the most records to read.
    ///   - body: gets each record's bytes, and where each worker has a ring, the worker's number.
    /// - Returns: how many records there were.
    /// - Throws: `EBUSY` where somebody else reads at this moment, `EINVAL` for maps without records.
    @discardableResult
    public func drain(limit: Int = .max, _ body: (UInt32?, Span<UInt8>) -> Void) throws(Errno) -> Int {
        guard let count = try rings().drain(limit: limit, body) else { throw .busy }
        return count
    }

    /// How many records were lost because a ring had no room for them.
    public var lostRecords: UInt64 { (try? rings().lost) ?? 0 }

    /// Ends the sequences of records when everything that is there has been read.
    public func finishRecords() { (try? rings())?.finish() }

    /// What `bpf_ringbuf_query` tells of a ring buffer: 0 the bytes to be read, 1 its size, 2 and 3 the reader's and
    /// the writers' positions; 0 for anything else.
    ///
    /// - Throws: `EINVAL` for other maps.
    public func queryRing(_ what: UInt64) throws(Errno) -> UInt64 {
        guard let ring = kind as? RingMap else { throw .invalid }
        return ring.query(what)
    }

    /// Where the records lie that programs reserve, each followed by the next.
    package var recordSpace: (base: UInt64, size: UInt64)? { (kind as? RingMap)?.records }

    private func rings() throws(Errno) -> RecordRings {
        if let ring = kind as? RingMap { return ring.rings }
        guard let perf = kind as? PerfMap else { throw .invalid }
        return perf.rings
    }
}
