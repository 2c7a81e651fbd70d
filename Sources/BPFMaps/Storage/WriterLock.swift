import Synchronization

/// A lock of one 32-bit word: 0 where free, 1 where held, as Linux's `struct bpf_spin_lock` in a value.
enum WordLock {
    @inline(__always)
    private static func word(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer(address.assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    @inline(__always)
    private static func tryLock(_ address: UnsafeMutableRawPointer) -> Bool {
        unsafe word(address).pointee.load(ordering: .relaxed) == 0
            && word(address).pointee.compareExchange(
                expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
            ).exchanged
    }

    @inline(__always)
    static func lock(_ address: UnsafeMutableRawPointer) {
        if unsafe !tryLock(address) { unsafe waitAndLock(address) }
    }

    @inline(never)
    private static func waitAndLock(_ address: UnsafeMutableRawPointer) {
        var wait = Backoff()
        while unsafe !tryLock(address) { wait.pause() }
    }

    @inline(__always)
    static func unlock(_ address: UnsafeMutableRawPointer) {
        unsafe word(address).pointee.store(0, ordering: .releasing)
    }
}

/// The lock of all a map's writers, for kinds that need no finer one: a word beside the header.
enum WriterLock {
    @inline(__always)
    static func lock(_ map: UnsafeMutableRawPointer) { unsafe WordLock.lock(map + MapHeader.mutableOffset) }

    @inline(__always)
    static func unlock(_ map: UnsafeMutableRawPointer) { unsafe WordLock.unlock(map + MapHeader.mutableOffset) }
}
