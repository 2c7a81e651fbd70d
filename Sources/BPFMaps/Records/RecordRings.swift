import Synchronization

/// The rings of one map: a ring buffer's only one, or one for each worker.
final class RecordRings: Sendable {
    private struct Ring {
        let worker: UInt32?
        let buffer: RingBuffer
    }

    private let signal = RecordSignal()
    private let rings = Mutex<[Ring]>([])

    /// Adds a ring; nil where there is no room for it.
    func add(_ worker: UInt32?, bytes: Int) -> RingBuffer? {
        guard let buffer = RingBuffer(count: bytes, signal: signal) else { return nil }
        rings.withLock { $0.append(Ring(worker: worker, buffer: buffer)) }
        return buffer
    }

    /// The ring of a worker, or the only one.
    func ring(of worker: UInt32?) -> RingBuffer? {
        rings.withLock { $0.first { $0.worker == worker }?.buffer }
    }

    /// How many records found no room, in all rings.
    var lost: UInt64 { rings.withLock(\.self).reduce(0) { $0 + $1.buffer.lost } }

    /// Reads what is complete, ring by ring; nil where somebody else reads one of them.
    func drain(limit: Int, _ body: (UInt32?, Span<UInt8>) -> Void) -> Int? {
        var count = 0
        for ring in rings.withLock(\.self) {
            guard let read = ring.buffer.drain(limit: limit - count, { body(ring.worker, $0) }) else { return nil }
            count += read
        }
        return count
    }

    /// Whether no more records come.
    var isFinished: Bool { signal.isFinished }

    func finish() { signal.finish() }

    /// Waits until there may be something to read.
    func wait() async {
        await signal.wait { for ring in rings.withLock(\.self) { ring.buffer.arm() } }
    }

    /// Lets those who wait look at a new ring, too.
    func wake() { signal.wake() }
}
