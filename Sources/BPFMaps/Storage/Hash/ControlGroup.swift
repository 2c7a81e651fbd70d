import CWeir
import Synchronization

/// The control words of one group of a hash table: what its slots hold, in 16 bytes read together.
///
///     byte  0 … 13   the tag of each slot: 0 where free, else the high bit and 7 bits of the hash
///     byte  14       how many keys, whose group this is, had to go to a later one; sticks at 255
///     byte  15       how often a slot was freed, so that a reader notices a slot that changed hands
///
/// A key is in the first group from its own on that had a free slot when it came. A search goes on to the next group
/// only while byte 14 is not 0; deletion lowers it again, so a table never wears out.
struct ControlGroup: Equatable {
    static var size: Int { 16 }
    static var slots: Int { 14 }
    /// How many entries a group has room for on average: the rest keeps searches short.
    static var averageEntries: Int { 12 }
    private static var slotMask: UInt32 { (1 &<< 14) &- 1 }

    let low: UInt64
    let high: UInt64

    /// Reads a group; what is read from its slots afterwards is at least as new.
    @inline(__always)
    init(at address: UnsafeRawPointer) {
        low = unsafe Words.loadAcquire64(address)
        high = unsafe Words.loadAcquire64(address + 8)
    }

    /// One bit for each slot with a tag.
    @inline(__always)
    func slots(tagged tag: UInt8) -> UInt32 { weir_matching_bytes(low, high, tag) & Self.slotMask }

    /// One bit for each free slot.
    @inline(__always)
    var freeSlots: UInt32 { slots(tagged: 0) }

    /// One bit for each slot in use.
    var usedSlots: UInt32 { ~freeSlots & Self.slotMask }

    /// Whether keys of this group went to later ones.
    @inline(__always)
    var overflowed: Bool { high & 0x00ff_0000_0000_0000 != 0 }

    /// The tag of a hash: never 0.
    @inline(__always)
    static func tag(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash) | 0x80 }

    // MARK: Writing, under the map's lock

    @inline(__always)
    private static func byte(_ address: UnsafeMutableRawPointer, _ index: Int) -> UnsafePointer<Atomic<UInt8>> {
        unsafe UnsafePointer((address + index).assumingMemoryBound(to: Atomic<UInt8>.self))
    }

    /// Shows a slot, whose entry is complete, to readers.
    @inline(__always)
    static func publish(_ address: UnsafeMutableRawPointer, slot: Int, tag: UInt8) {
        unsafe byte(address, slot).pointee.store(tag, ordering: .releasing)
    }

    /// Frees a slot.
    static func free(_ address: UnsafeMutableRawPointer, slot: Int) {
        let version = unsafe byte(address, 15)
        unsafe version.pointee.store(version.pointee.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        unsafe byte(address, slot).pointee.store(0, ordering: .releasing)
    }

    /// Remembers that a key went past this group.
    static func addOverflow(_ address: UnsafeMutableRawPointer) {
        let count = unsafe byte(address, 14)
        let old = unsafe count.pointee.load(ordering: .relaxed)
        if old < .max { unsafe count.pointee.store(old &+ 1, ordering: .releasing) }
    }

    /// Forgets a key that went past this group.
    static func removeOverflow(_ address: UnsafeMutableRawPointer) {
        let count = unsafe byte(address, 14)
        let old = unsafe count.pointee.load(ordering: .relaxed)
        if old < .max { unsafe count.pointee.store(old &- 1, ordering: .releasing) }
    }
}
