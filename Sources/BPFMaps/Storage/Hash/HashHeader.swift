import Synchronization

/// The constants of a hash table, behind the map's header: all that its functions need, close together.
@unsafe struct HashHeader {
    /// The control words of the groups, and their number.
    var control: UnsafeMutableRawPointer
    var groups: UInt64
    var seeds: HashSeeds
    /// Where the entry of slot 1 of the first group would be if slots were numbered from 0, and how far apart
    /// entries are.
    var entries: UnsafeMutableRawPointer
    var stride: Int
    /// Where in an entry the value is, where it is there.
    var valueOffset: Int
    var keySize: Int
    var valueSize: Int
    var capacity: Int
    /// Per-CPU kinds: the first worker's value of slot 1, how far apart slots' values are, and workers' tables.
    var workerValues: UnsafeMutableRawPointer
    var workerStride: Int
    var tableStride: Int
    var workers: UInt32
    /// Where in its value a spin lock is that updates leave alone; -1 where there is none.
    var spinLock: Int32

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<HashHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: HashHeader.self)
    }

    /// Counts the keys that came back to an earlier group, so that a reader on the way past it notices.
    @inline(__always)
    static func returns(_ header: UnsafeMutablePointer<HashHeader>) -> UnsafePointer<Atomic<UInt64>> {
        let word = unsafe UnsafeRawPointer(header) - MapHeader.kindOffset + MapHeader.mutableOffset + 64
        return unsafe word.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// The map whose header this is.
    @inline(__always)
    static func map(_ header: UnsafeMutablePointer<HashHeader>) -> UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(header) - MapHeader.kindOffset
    }
}

extension UnsafeMutablePointer<HashHeader> {
    /// The group where a key with this hash belongs.
    @inline(__always)
    func home(of hash: UInt64) -> Int {
        unsafe Int(truncatingIfNeeded: hash.multipliedFullWidth(by: pointee.groups).high)
    }

    @inline(__always)
    func group(after group: Int) -> Int {
        let next = group &+ 1
        return unsafe next == Int(truncatingIfNeeded: pointee.groups) ? 0 : next
    }

    @inline(__always)
    func control(_ group: Int) -> UnsafeMutableRawPointer { unsafe pointee.control + group &* ControlGroup.size }

    /// The number of a slot in the whole table, from 1.
    @inline(__always)
    func index(_ group: Int, _ slot: Int) -> Int { group &* ControlGroup.slots &+ slot }

    /// The address of a worker's value in a slot.
    @inline(__always)
    func workerValue(_ index: Int, _ worker: UInt32) -> UnsafeMutableRawPointer {
        unsafe pointee.workerValues + Int(worker) &* pointee.tableStride + index &* pointee.workerStride
    }

    @inline(__always)
    func entry(_ index: Int) -> UnsafeMutableRawPointer { unsafe pointee.entries + index &* pointee.stride }
}
