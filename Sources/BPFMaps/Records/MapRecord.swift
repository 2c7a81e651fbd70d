/// A record that a program handed to its host.
public struct MapRecord: Hashable, Sendable {
    /// What the program wrote.
    public let bytes: [UInt8]
    /// The worker that wrote it, where each has a ring of its own; nil in a ring buffer.
    public let worker: UInt32?

    /// Makes a record from its parts.
    public init(bytes: [UInt8], worker: UInt32? = nil) {
        self.bytes = bytes
        self.worker = worker
    }
}

/// The records of a map as they come, in the order of their reservation; those of one worker where each has a ring.
///
/// The sequence ends when the task is cancelled, and after ``Map/finishRecords()`` when everything is read. Several
/// iterators share the records: each record goes to one of them.
public struct RecordSequence: AsyncSequence, Sendable {
    /// What the sequence gives.
    public typealias Element = MapRecord
    let rings: RecordRings

    /// Makes an iterator.
    public func makeAsyncIterator() -> Iterator { Iterator(rings: rings) }

    /// Gives records one by one.
    public struct Iterator: AsyncIteratorProtocol {
        let rings: RecordRings
        /// Records that were read together, the next one last.
        private var pending: [MapRecord] = []

        /// How many records are read together, so that room in the ring is free again soon.
        private static var batch: Int { 256 }

        init(rings: RecordRings) { self.rings = rings }

        /// The next record, or nil at the end.
        public mutating func next() async -> MapRecord? {
            while pending.isEmpty {
                let isFinished = rings.isFinished
                var read: [MapRecord] = []
                let count = rings.drain(limit: Self.batch) { worker, bytes in
                    read.append(MapRecord(bytes: [UInt8](copying: bytes), worker: worker))
                }
                pending = read.reversed()
                if !pending.isEmpty { break }
                if Task.isCancelled || (isFinished && count != nil) { return nil }
                await rings.wait()
            }
            return pending.popLast()
        }
    }
}
