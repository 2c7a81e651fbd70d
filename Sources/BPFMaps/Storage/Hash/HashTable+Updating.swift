import BPFModel
import CWeir
import Synchronization

// How entries come and go: under the locks of the groups where their key may be.
extension HashTable {
    /// Locks the groups where a key may be, and finds it there.
    @inline(__always)
    static func lock(
        _ key: Key, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>
    ) -> (groups: LockedGroups, slot: LockedSlot?) {
        retry: while true {
            var groups = unsafe LockedGroups(header, home: header.home(of: hash))
            var group = unsafe groups.home
            while true {
                let words = unsafe ControlGroup(at: header.control(group))
                var candidates = words.slots(tagged: ControlGroup.tag(of: hash))
                while candidates != 0 {
                    let slot = candidates.trailingZeroBitCount
                    if unsafe key.matches(header.entry(header.index(group, slot))) {
                        return unsafe (groups, LockedSlot(group: group, slot: slot))
                    }
                    candidates &= candidates &- 1
                }
                if unsafe !words.overflowed || groups.isWholeTable { return unsafe (groups, nil) }
                if unsafe !groups.extend() { continue retry }
                group = unsafe header.group(after: group)
            }
        }
    }

    /// `BPF_MAP_UPDATE_ELEM`: a value that replaces another one goes to a slot of its own, which is then shown
    /// instead of the old one.
    @inline(__always)
    static func update(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        guard let flags = unsafe UpdateFlags(flags, header.pointee.spinLock) else { return Errno.invalid.returned }
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        unsafe prefetch(hash, header)
        while true {
            var (groups, old) = unsafe lock(key, hash, header)
            if let refused = flags.mode.refusal(exists: old != nil) {
                unsafe groups.unlock()
                return refused.returned
            }
            if let old, flags.inPlace {
                let target = unsafe header.entry(header.index(old.group, old.slot)) + header.pointee.valueOffset
                unsafe ValueLock.write(
                    value, to: target, size: header.pointee.valueSize, lock: header.pointee.spinLock)
                unsafe groups.unlock()
                return 0
            }
            guard let new = unsafe slot(insteadOf: old, &groups) else { continue }
            if unsafe old == nil && !takeRoom(map, header) {
                unsafe groups.unlock()
                return Errno.tooBig.returned
            }
            let entry = unsafe header.entry(header.index(new.group, new.slot))
            unsafe key.store(to: entry)
            unsafe ValueLock.initialise(
                entry + header.pointee.valueOffset, from: value, size: header.pointee.valueSize,
                lock: header.pointee.spinLock)
            unsafe show(new, insteadOf: old, groups, ControlGroup.tag(of: hash))
            unsafe groups.unlock()
            return 0
        }
    }

    /// Brings the slot near that an entry of this hash will probably go to: taking the lock waits for what was written
    /// before, so that later is too late.
    @inline(__always)
    private static func prefetch(_ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>) {
        let group = unsafe header.home(of: hash)
        guard let slot = unsafe ControlGroup(at: header.control(group)).nextFreeSlot else { return }
        let entry = unsafe header.entry(header.index(group, slot))
        unsafe weir_prefetch_to_write(entry)
        unsafe weir_prefetch_to_write(entry + (header.pointee.stride &- 1))
    }

    /// `BPF_MAP_DELETE_ELEM`; the value is copied to `target` before, where there is one.
    @inline(__always)
    static func delete(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, taking target: UnsafeMutableRawPointer? = nil
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        let (groups, slot) = unsafe lock(key, hash, header)
        defer { unsafe groups.unlock() }
        guard let slot else { return Errno.noEntry.returned }
        if let target = unsafe target {
            let value = unsafe header.entry(header.index(slot.group, slot.slot)) + header.pointee.valueOffset
            unsafe Words.copy(entry: value, to: target, count: header.pointee.valueSize)
        }
        unsafe remove(slot, groups)
        return 0
    }
}

// MARK: Steps, under the locks

extension HashTable {
    /// A free slot for an entry that comes, or that comes instead of another one, preferably beside it; nil, with the
    /// locks let go, where the writer must start again.
    @inline(__always)
    static func slot(insteadOf old: LockedSlot?, _ groups: inout LockedGroups) -> LockedSlot? {
        if let old, let slot = unsafe ControlGroup(at: groups.header.control(old.group)).nextFreeSlot {
            return LockedSlot(group: old.group, slot: slot)
        }
        return unsafe groups.freeSlot()
    }

    /// Shows an entry that is complete, and forgets the one it comes instead of.
    @inline(__always)
    static func show(_ new: LockedSlot, insteadOf old: LockedSlot?, _ groups: LockedGroups, _ tag: UInt8) {
        let header = unsafe groups.header
        guard let old else {
            unsafe groups.addOverflow(upTo: new.group)
            unsafe ControlGroup.publish(header.control(new.group), slot: new.slot, tag: tag)
            return
        }
        if old.group == new.group {
            unsafe ControlGroup.replace(header.control(new.group), slot: old.slot, by: new.slot, tag: tag)
            return
        }
        unsafe groups.addOverflow(upTo: new.group)
        unsafe ControlGroup.publish(header.control(new.group), slot: new.slot, tag: tag)
        if unsafe groups.distance(new.group) < groups.distance(old.group) {
            unsafe HashHeader.returns(header).pointee.wrappingAdd(1, ordering: .acquiringAndReleasing)
        }
        unsafe ControlGroup.free(header.control(old.group), slot: old.slot)
        unsafe groups.removeOverflow(upTo: old.group)
    }

    /// Forgets an entry.
    @inline(__always)
    static func remove(_ slot: LockedSlot, _ groups: LockedGroups) {
        unsafe ControlGroup.free(groups.header.control(slot.group), slot: slot.slot)
        unsafe groups.removeOverflow(upTo: slot.group)
        unsafe MapHeader.count(HashHeader.map(groups.header)).pointee.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Counts one more entry; false where the map is full.
    @inline(__always)
    static func takeRoom(_ map: UnsafeMutableRawPointer, _ header: UnsafeMutablePointer<HashHeader>) -> Bool {
        let count = unsafe MapHeader.count(map)
        var entries = unsafe count.pointee.load(ordering: .relaxed)
        while true {
            if unsafe entries >= header.pointee.capacity { return false }
            let result = unsafe count.pointee.weakCompareExchange(
                expected: entries, desired: entries &+ 1, ordering: .relaxed)
            if result.exchanged { return true }
            entries = result.original
        }
    }
}
