import Glibc
import Synchronization

/// The lock of a map's writers: one word beside its header.
enum WriterLock {
    @inline(__always)
    private static func word(_ map: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer((map + MapHeader.mutableOffset).assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    @inline(__always)
    static func lock(_ map: UnsafeMutableRawPointer) {
        let free = unsafe word(map).pointee.weakCompareExchange(
            expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
        ).exchanged
        if !free { unsafe waitAndLock(map) }
    }

    @inline(__always)
    static func unlock(_ map: UnsafeMutableRawPointer) {
        unsafe word(map).pointee.store(0, ordering: .releasing)
    }

    @inline(never)
    private static func waitAndLock(_ map: UnsafeMutableRawPointer) {
        var attempts = 0
        while true {
            if unsafe word(map).pointee.load(ordering: .relaxed) == 0,
                unsafe word(map).pointee.compareExchange(
                    expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
                ).exchanged
            {
                return
            }
            attempts &+= 1
            if attempts & 63 == 0 { sched_yield() }
        }
    }
}
