import Synchronization

/// A ring of records, as its owner and its reader see it.
///
/// Invariant: the region's first page is a ``RingControl`` whose constants never change; between the consumer's and
/// the producer's position lie whole records, each behind its header.
///
/// `@unchecked Sendable` because positions and headers are atomics, the bytes of a record belong to its producer
/// until its header is published and to the reader afterwards, and readers take turns under a lock.
@safe final class RingBuffer: @unchecked Sendable {
    private let region: RingRegion
    private let ring: UnsafeMutableRawPointer
    private let signal: RecordSignal
    private let reader = Mutex<Void>(())

    /// Makes a ring of `count` bytes, a power of two and a multiple of a page; nil where there is no room for it.
    init?(count: Int, signal: RecordSignal) {
        guard let region = RingRegion(count: count) else { return nil }
        self.region = region
        self.signal = signal
        unsafe ring = region.base
        unsafe RingControl.at(ring).initialize(
            to: RingControl(
                mask: UInt64(count - 1), data: ring + RingRegion.page,
                signal: Unmanaged.passUnretained(signal).toOpaque()))
    }

    /// What programs hold as the ring.
    var address: UInt64 { unsafe UInt64(UInt(bitPattern: ring)) }

    /// The address of the ring's first byte and how many bytes follow each other there.
    var records: (base: UInt64, size: UInt64) {
        unsafe (address + UInt64(RingRegion.page), 2 * (RingControl.at(ring).pointee.mask + 1))
    }

    /// How many records found no room.
    var lost: UInt64 { unsafe RingControl.lost(ring).pointee.load(ordering: .relaxed) }

    /// What `bpf_ringbuf_query` tells.
    func query(_ what: UInt64) -> UInt64 { unsafe RingWriter.query(ring, what) }

    /// Reads records in the order in which their room was taken, up to the first one that is still being written.
    ///
    /// Room is free again as soon as `body` returns.
    ///
    /// - Returns: how many records were read; nil where somebody else reads.
    func drain(limit: Int, _ body: (Span<UInt8>) -> Void) -> Int? {
        reader.withLockIfAvailable { _ in
            var count = 0
            while count < limit, let next = unsafe nextHeader() {
                let length = unsafe RecordHeader.length(next.word)
                if unsafe next.word & RecordHeader.discarded == 0 {
                    let start = unsafe (next.address + RecordHeader.size).assumingMemoryBound(to: UInt8.self)
                    unsafe body(UnsafeBufferPointer(start: start, count: length).span)
                    count += 1
                }
                let consumer = unsafe RingControl.consumer(ring)
                let position = unsafe consumer.pointee.load(ordering: .relaxed)
                unsafe consumer.pointee.store(
                    position &+ UInt64(RecordHeader.space(length)), ordering: .sequentiallyConsistent)
            }
            return count
        }
    }

    /// Whether the next record is complete.
    var isReady: Bool { unsafe nextHeader() != nil }

    /// Asks to be woken when the next record is complete.
    func arm() {
        unsafe RingControl.waiting(ring).pointee.store(1, ordering: .sequentiallyConsistent)
        if isReady { signal.wake() }
    }

    private func nextHeader() -> (address: UnsafeMutableRawPointer, word: UInt32)? {
        let position = unsafe RingControl.consumer(ring).pointee.load(ordering: .relaxed)
        guard unsafe position != RingControl.producer(ring).pointee.load(ordering: .acquiring) else { return nil }
        let control = unsafe RingControl.at(ring)
        let address = unsafe control.pointee.data + Int(position & control.pointee.mask)
        let word = unsafe RingControl.header(address).pointee.load(ordering: .sequentiallyConsistent)
        return word & RecordHeader.busy == 0 ? unsafe (address, word) : nil
    }
}

extension [UInt8] {
    /// The bytes of a span.
    init(copying bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
