import BPFModel
import Glibc
import Synchronization

/// What programs do with a ring, at the ring's address.
package enum RingWriter {
    /// Takes room for a record of `length` bytes; nil where the ring has none, which counts as a lost record.
    ///
    /// A record and the one before it are never more than the ring's size less one byte apart, as in Linux.
    package static func reserve(_ ring: UnsafeMutableRawPointer, _ length: UInt64) -> UnsafeMutableRawPointer? {
        let mask = unsafe RingControl.at(ring).pointee.mask
        // Longer ones than the ring are lost too, and must not overflow.
        guard length <= mask else { return unsafe lose(ring) }
        let space = UInt64(RecordHeader.space(Int(length)))
        unsafe Spin.lock(RingControl.lock(ring))
        let start = unsafe RingControl.producer(ring).pointee.load(ordering: .relaxed)
        let used = unsafe start &- RingControl.consumer(ring).pointee.load(ordering: .acquiring)
        guard used &+ space <= mask else {
            unsafe Spin.unlock(RingControl.lock(ring))
            return unsafe lose(ring)
        }
        let header = unsafe RingControl.at(ring).pointee.data + Int(start & mask)
        let pages = unsafe UInt32(truncatingIfNeeded: (header - ring) / RingRegion.page)
        unsafe header.storeBytes(of: pages, toByteOffset: 4, as: UInt32.self)
        let word = UInt32(truncatingIfNeeded: length) | RecordHeader.busy
        unsafe RingControl.header(header).pointee.store(word, ordering: .relaxed)
        // A reader that sees the new position sees the header, too.
        unsafe RingControl.producer(ring).pointee.store(start &+ space, ordering: .releasing)
        unsafe Spin.unlock(RingControl.lock(ring))
        return unsafe header + RecordHeader.size
    }

    /// Hands a reserved record over, or has it skipped.
    package static func commit(_ record: UnsafeMutableRawPointer, _ flags: UInt64, discard: Bool) {
        let header = unsafe record - RecordHeader.size
        let pages = unsafe Int(header.load(fromByteOffset: 4, as: UInt32.self))
        let page = UInt(bitPattern: header) & ~UInt(RingRegion.page - 1)
        let ring = unsafe header - Int(UInt(bitPattern: header) - page) - pages * RingRegion.page
        let word = unsafe RingControl.header(header).pointee.load(ordering: .relaxed) & ~RecordHeader.busy
        let done = discard ? word | RecordHeader.discarded : word
        unsafe RingControl.header(header).pointee.store(done, ordering: .sequentiallyConsistent)
        unsafe wake(ring, header, flags)
    }

    /// Writes a whole record; false where the ring has no room.
    package static func write(
        _ ring: UnsafeMutableRawPointer, _ bytes: UnsafeRawBufferPointer, then more: UnsafeRawBufferPointer,
        _ flags: UInt64
    ) -> Bool {
        guard let record = unsafe reserve(ring, UInt64(bytes.count + more.count)) else { return false }
        if let base = bytes.baseAddress { unsafe record.copyMemory(from: base, byteCount: bytes.count) }
        if let base = more.baseAddress { unsafe (record + bytes.count).copyMemory(from: base, byteCount: more.count) }
        unsafe commit(record, flags, discard: false)
        return true
    }

    /// What `bpf_ringbuf_query` tells: bytes to be read, the ring's size, and the positions.
    package static func query(_ ring: UnsafeMutableRawPointer, _ what: UInt64) -> UInt64 {
        let consumer = unsafe RingControl.consumer(ring).pointee.load(ordering: .acquiring)
        let producer = unsafe RingControl.producer(ring).pointee.load(ordering: .acquiring)
        return switch what {
        case 0: producer &- consumer
        case 1: unsafe RingControl.at(ring).pointee.mask &+ 1
        case 2: consumer
        case 3: producer
        default: 0
        }
    }

    private static func lose(_ ring: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        unsafe RingControl.lost(ring).pointee.wrappingAdd(1, ordering: .relaxed)
        return nil
    }

    /// Wakes the reader where it waits for this very record, unless the program asked for something else.
    @inline(__always)
    private static func wake(
        _ ring: UnsafeMutableRawPointer, _ header: UnsafeMutableRawPointer, _ flags: UInt64
    ) {
        guard unsafe RingControl.waiting(ring).pointee.load(ordering: .sequentiallyConsistent) != 0 else { return }
        let control = unsafe RingControl.at(ring)
        let consumer = unsafe RingControl.consumer(ring).pointee.load(ordering: .relaxed) & control.pointee.mask
        let isNext = unsafe header == control.pointee.data + Int(consumer)
        guard flags & WakeUp.always != 0 || (flags & WakeUp.never == 0 && isNext) else { return }
        unsafe RingControl.waiting(ring).pointee.store(0, ordering: .relaxed)
        unsafe Unmanaged<RecordSignal>.fromOpaque(control.pointee.signal).takeUnretainedValue().wake()
    }
}

/// A lock of one word, held for a few instructions.
enum Spin {
    @inline(__always)
    static func lock(_ word: UnsafePointer<Atomic<UInt32>>) {
        var attempts = 0
        while unsafe !word.pointee.weakCompareExchange(
            expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
        ).exchanged {
            attempts &+= 1
            if attempts & 63 == 0 { sched_yield() }
        }
    }

    @inline(__always)
    static func unlock(_ word: UnsafePointer<Atomic<UInt32>>) {
        unsafe word.pointee.store(0, ordering: .releasing)
    }
}
