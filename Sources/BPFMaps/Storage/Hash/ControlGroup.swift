import CWeir
import Synchronization

/// The control words of one group of a hash table: what its slots hold, in two words of 64 bits.
///
///     byte  0       how often a slot was freed, so that a reader notices a slot that changed hands
///     byte  1 … 14  the tag of each slot: 0 where free, else the high bit and 7 bits of the hash
///     byte  15      how many keys, whose group this is, had to go to a later one; sticks at 127; the high bit is
///                   the lock of the group's writers
///
/// A key is in the first group from its own on that had a free slot when it came. A search goes on to the next group
/// only while byte 15 counts any; deletion lowers it again, so a table never wears out.
///
/// A reader loads the low word, then the high one, prefers the lowest slot, and looks at the low word again at the
/// end: what it found, or did not find, then was so at one moment.
struct ControlGroup {
    static var size: Int { 16 }
    static var slots: Int { 14 }
    /// How many entries a group has room for on average: the rest keeps searches short.
    static var averageEntries: Int { 11 }
    private static var slotMask: UInt32 { 0x7ffe }
    static var lockBit: UInt64 { 1 &<< 63 }
    private static var oneOverflow: UInt64 { 1 &<< 56 }
    private static var overflowMask: UInt64 { 0x7f &<< 56 }

    var low: UInt64
    var high: UInt64

    /// Reads a group; what is read from its slots afterwards is at least as new.
    @inline(__always)
    init(at address: UnsafeRawPointer) {
        low = unsafe Words.loadAcquire64(address)
        high = unsafe Words.loadAcquire64(address + 8)
    }

    /// Whether nothing that was read from the group's slots meanwhile has changed hands.
    @inline(__always)
    func isCurrent(at address: UnsafeRawPointer) -> Bool { unsafe Words.loadAcquire64(address) == low }

    /// One bit for each slot with a tag; slots are numbered from 1.
    @inline(__always)
    func slots(tagged tag: UInt8) -> UInt32 { weir_matching_bytes(low, high, tag) & Self.slotMask }

    /// One bit for each free slot.
    @inline(__always)
    var freeSlots: UInt32 { slots(tagged: 0) }

    /// One bit for each slot in use.
    @inline(__always)
    var usedSlots: UInt32 { ~freeSlots & Self.slotMask }

    /// Whether keys of this group went to later ones.
    @inline(__always)
    var overflowed: Bool { high & Self.overflowMask != 0 }

    /// The tag of a hash: never 0.
    @inline(__always)
    static func tag(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash) | 0x80 }

    /// The free slot to take next: a freed one rests as long as others are free, for readers still looking at it.
    @inline(__always)
    var nextFreeSlot: Int? {
        let free = freeSlots
        let later = free & (~0 &<< UInt32(truncatingIfNeeded: low & 15))
        if later != 0 { return later.trailingZeroBitCount }
        return free == 0 ? nil : free.trailingZeroBitCount
    }

    // MARK: Writing, under the group's lock

    private mutating func setTag(_ slot: Int, _ tag: UInt8) {
        let shift = UInt64(truncatingIfNeeded: slot & 7) &* 8
        if slot < 8 {
            low = low & ~(0xff &<< shift) | UInt64(tag) &<< shift
        } else {
            high = high & ~(0xff &<< shift) | UInt64(tag) &<< shift
        }
    }

    private mutating func nextVersion() { low = low & ~0xff | (low &+ 1) & 0xff }

    @inline(__always)
    private func storeLow(_ address: UnsafeMutableRawPointer) { unsafe Words.storeRelease64(address, low) }

    @inline(__always)
    private func storeHigh(_ address: UnsafeMutableRawPointer) { unsafe Words.storeRelease64(address + 8, high) }

    /// Shows a slot, whose entry is complete, to readers.
    @inline(__always)
    static func publish(_ address: UnsafeMutableRawPointer, slot: Int, tag: UInt8) {
        var words = unsafe ControlGroup(at: address)
        words.setTag(slot, tag)
        unsafe slot < 8 ? words.storeLow(address) : words.storeHigh(address)
    }

    /// Frees a slot.
    @inline(__always)
    static func free(_ address: UnsafeMutableRawPointer, slot: Int) {
        var words = unsafe ControlGroup(at: address)
        words.setTag(slot, 0)
        words.nextVersion()
        unsafe words.storeLow(address)
        if slot >= 8 { unsafe words.storeHigh(address) }
    }

    /// Shows a complete slot instead of another one of the group: every reader finds one of them, and none the old
    /// one after another has found the new one.
    @inline(__always)
    static func replace(_ address: UnsafeMutableRawPointer, slot old: Int, by new: Int, tag: UInt8) {
        var words = unsafe ControlGroup(at: address)
        // The low word decides, so what the high one gains it must have before, and what it loses it keeps till then.
        if new >= 8, old < 8 {
            words.setTag(new, tag)
            unsafe words.storeHigh(address)
        }
        words.setTag(new, tag)
        words.setTag(old, 0)
        words.nextVersion()
        unsafe words.storeLow(address)
        if old >= 8 { unsafe words.storeHigh(address) }
    }

    /// Remembers that a key went past this group.
    static func addOverflow(_ address: UnsafeMutableRawPointer) {
        var words = unsafe ControlGroup(at: address)
        if words.high & overflowMask == overflowMask { return }
        words.high &+= oneOverflow
        unsafe words.storeHigh(address)
    }

    /// Forgets a key that went past this group.
    static func removeOverflow(_ address: UnsafeMutableRawPointer) {
        var words = unsafe ControlGroup(at: address)
        if words.high & overflowMask == overflowMask || !words.overflowed { return }
        words.high &-= oneOverflow
        unsafe words.storeHigh(address)
    }
}

// MARK: The lock

extension ControlGroup {
    @inline(__always)
    private static func lockWord(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe UnsafePointer((address + 8).assumingMemoryBound(to: Atomic<UInt64>.self))
    }

    @inline(__always)
    static func tryLock(_ address: UnsafeMutableRawPointer) -> Bool {
        let word = unsafe lockWord(address).pointee.load(ordering: .relaxed)
        return unsafe word & lockBit == 0
            && lockWord(address).pointee.compareExchange(
                expected: word, desired: word | lockBit, successOrdering: .acquiring, failureOrdering: .relaxed
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
        let word = unsafe lockWord(address).pointee.load(ordering: .relaxed)
        unsafe lockWord(address).pointee.store(word & ~lockBit, ordering: .releasing)
    }
}
