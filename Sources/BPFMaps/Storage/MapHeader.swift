import Synchronization

/// The functions of a map kind, reached through the map's address with one indirect call.
///
/// `Lookup` returns the address of the value, or nil. `Update` and `Delete` return 0 or an errno, negated. `Slot`
/// returns where a key is, and `NextSlot` the first slot in use at or after another, or -1.
package enum MapFunctions {
    package typealias Lookup = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> UnsafeMutableRawPointer?
    package typealias Update =
        @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeRawPointer, UInt64) -> Int64
    package typealias Delete = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Int64
    typealias Slot = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Int
    typealias NextSlot = @convention(c) (UnsafeMutableRawPointer, Int) -> Int
}

/// What lies at a map's address: its functions and its geometry, constant once the map is made.
///
/// Programs hold this address as the map. Nothing here is an object, so that a helper reaches the map without
/// counting references.
@unsafe package struct MapHeader {
    package var lookup: MapFunctions.Lookup
    package var update: MapFunctions.Update
    package var delete: MapFunctions.Delete
    var slot: MapFunctions.Slot
    var nextSlot: MapFunctions.NextSlot

    var keySize: Int
    var valueSize: Int
    /// How many entries the map may have.
    var capacity: Int
    /// The first entry, the distance from one to the next, and where in an entry the value is.
    var entries: UnsafeMutableRawPointer
    var stride: Int
    var valueOffset: Int
    /// How many slots for entries there are: at least `capacity`.
    var slots: Int

    /// Hash tables only: the control words of the groups, their number, and the seeds.
    var control: UnsafeMutableRawPointer
    var groups: UInt64
    var seeds: HashSeeds

    /// Where the words that change begin: a cache line of their own behind the header.
    static var mutableOffset: Int { 256 }
    /// The size of header and changing words, in bytes.
    static var reserved: Int { 4096 }

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MapHeader> {
        unsafe map.assumingMemoryBound(to: MapHeader.self)
    }

    /// How many entries the map has.
    @inline(__always)
    static func count(_ map: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<Int>> {
        unsafe UnsafePointer((map + mutableOffset + 8).assumingMemoryBound(to: Atomic<Int>.self))
    }
}

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
            if attempts & 63 == 0 { yieldProcessor() }
        }
    }
}
