import Glibc
import Synchronization

/// Linux's `struct bpf_spin_lock`, a word in a map's value: 0 where free, 1 where held.
///
/// A verified program holds one at a time, calls nothing meanwhile, and gives it back before it ends.
enum SpinLock {
    @inline(__always)
    private static func word(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer(address.assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    static func lock(_ address: UnsafeMutableRawPointer) {
        var attempts = 0
        while unsafe !tryLock(address) {
            attempts &+= 1
            // The holder may be waiting for this processor.
            if attempts & 31 == 0 { sched_yield() }
        }
    }

    private static func tryLock(_ address: UnsafeMutableRawPointer) -> Bool {
        unsafe word(address).pointee.load(ordering: .relaxed) == 0
            && word(address).pointee.compareExchange(
                expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
            ).exchanged
    }

    static func unlock(_ address: UnsafeMutableRawPointer) {
        unsafe word(address).pointee.store(0, ordering: .releasing)
    }
}
