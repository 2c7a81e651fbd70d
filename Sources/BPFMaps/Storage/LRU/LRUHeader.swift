import BPFModel
import Synchronization

/// What an LRU map has besides its table, behind the table's header.
@unsafe struct LRUHeader {
    let mode: LRUMode
    var exact: ExactRecency
    var batched: BatchedRecency

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<LRUHeader> {
        unsafe (map + MapHeader.kindOffset + 256).assumingMemoryBound(to: LRUHeader.self)
    }

    /// The clock of the exact mode: every use of an entry gets the next number.
    @inline(__always)
    static func clock(_ map: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe UnsafePointer((map + MapHeader.reserved / 2).assumingMemoryBound(to: Atomic<UInt64>.self))
    }
}

/// The word before an entry's value that tells of its use.
///
/// In the exact mode it is the number of its last use. In the other one its first half is 1 where the entry was used
/// since it was last looked at, and its second half the entry's node. Lookups write it without a lock: a late one may
/// make an entry that came instead look used, as in Linux.
enum UseWord {
    /// Its size in an entry, in bytes.
    static var size: Int { 8 }

    @inline(__always)
    static func of(_ index: Int, _ header: UnsafeMutablePointer<HashHeader>) -> UnsafeMutableRawPointer {
        unsafe header.entry(index) + header.pointee.valueOffset - size
    }

    @inline(__always)
    static func half(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer(address.assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    @inline(__always)
    static func whole(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe UnsafePointer(address.assumingMemoryBound(to: Atomic<UInt64>.self))
    }

    /// Notes that a program uses an entry.
    @inline(__always)
    static func touch(_ address: UnsafeMutableRawPointer, _ map: UnsafeMutableRawPointer) {
        switch unsafe LRUHeader.at(map).pointee.mode {
        case .exact:
            let now = unsafe LRUHeader.clock(map).pointee.wrappingAdd(1, ordering: .relaxed).newValue
            unsafe whole(address).pointee.store(now, ordering: .relaxed)
        case .kernel:
            if unsafe half(address).pointee.load(ordering: .relaxed) == 0 {
                unsafe half(address).pointee.store(1, ordering: .relaxed)
            }
        }
    }
}
