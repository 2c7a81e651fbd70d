import BPFModel
import Synchronization

/// The functions of a hash map whose keys are read as `Key`.
///
/// One table of fixed size, never moved: groups of 14 slots with a control word each (``ControlGroup``), entries of
/// key and value beside each other, searched from the key's own group on. Lookups take no lock. Writers hold the
/// map's lock; they write an entry before its tag, so a reader never sees half a key.
enum HashTable<Key: TableKey> {
    /// Where a key is: its group and its slot there.
    private struct Place {
        var group: Int
        var slot: Int
    }

    @inline(__always)
    private static func home(_ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>) -> Int {
        unsafe Int(truncatingIfNeeded: hash.multipliedFullWidth(by: header.pointee.groups).high)
    }

    @inline(__always)
    private static func after(_ group: Int, _ header: UnsafeMutablePointer<HashHeader>) -> Int {
        let next = group &+ 1
        return unsafe next == Int(truncatingIfNeeded: header.pointee.groups) ? 0 : next
    }

    @inline(__always)
    private static func control(_ group: Int, _ header: UnsafeMutablePointer<HashHeader>) -> UnsafeMutableRawPointer {
        unsafe header.pointee.control + group &* ControlGroup.size
    }

    @inline(__always)
    private static func entry(
        _ place: Place, _ header: UnsafeMutablePointer<HashHeader>
    ) -> UnsafeMutableRawPointer {
        let index = place.group &* ControlGroup.slots &+ place.slot
        return unsafe header.pointee.entries + index &* header.pointee.stride
    }

    @inline(__always)
    private static func find(
        _ key: Key, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>
    ) -> Place? {
        let tag = ControlGroup.tag(of: hash)
        var group = unsafe home(hash, header)
        var left = unsafe header.pointee.groups
        search: while left > 0 {
            let address = unsafe control(group, header)
            let words = unsafe ControlGroup(at: address)
            var candidates = words.slots(tagged: tag)
            while candidates != 0 {
                let place = Place(group: group, slot: candidates.trailingZeroBitCount)
                if unsafe key.matches(entry(place, header)) {
                    if unsafe ControlGroup(at: address) == words { return place }
                    // A writer was here meanwhile: look at the group again.
                    continue search
                }
                candidates &= candidates &- 1
            }
            if !words.overflowed { return nil }
            group = unsafe after(group, header)
            left &-= 1
        }
        return nil
    }

    @inline(__always)
    static func lookup(_ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer) -> UnsafeMutableRawPointer? {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        guard let place = unsafe find(key, hash, header) else { return nil }
        return unsafe entry(place, header) + header.pointee.valueOffset
    }

    static func update(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64
    ) -> Int64 {
        guard let mode = UpdateMode(rawValue: flags) else { return Errno.invalid.returned }
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }

        if let place = unsafe find(key, hash, header) {
            if mode == .noExist { return Errno.exists.returned }
            let target = unsafe entry(place, header) + header.pointee.valueOffset
            unsafe Words.copy(value, to: target, count: header.pointee.valueSize)
            return 0
        }
        if mode == .exist { return Errno.noEntry.returned }
        let count = unsafe MapHeader.count(map)
        let entries = unsafe count.pointee.load(ordering: .relaxed)
        if unsafe entries >= header.pointee.capacity { return Errno.tooBig.returned }
        unsafe insert(key, hash, value, header)
        unsafe count.pointee.store(entries &+ 1, ordering: .relaxed)
        return 0
    }

    private static func insert(
        _ key: Key, _ hash: UInt64, _ value: UnsafeRawPointer, _ header: UnsafeMutablePointer<HashHeader>
    ) {
        var group = unsafe home(hash, header)
        while true {
            let address = unsafe control(group, header)
            let free = unsafe ControlGroup(at: address).freeSlots
            if free != 0 {
                let slot = free.trailingZeroBitCount
                let target = unsafe entry(Place(group: group, slot: slot), header)
                unsafe key.store(to: target)
                unsafe Words.copy(value, to: target + header.pointee.valueOffset, count: header.pointee.valueSize)
                unsafe ControlGroup.publish(address, slot: slot, tag: ControlGroup.tag(of: hash))
                return
            }
            unsafe ControlGroup.addOverflow(address)
            group = unsafe after(group, header)
        }
    }

    static func delete(_ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer) -> Int64 {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }

        guard let place = unsafe find(key, hash, header) else { return Errno.noEntry.returned }
        unsafe ControlGroup.free(control(place.group, header), slot: place.slot)
        var group = unsafe home(hash, header)
        while group != place.group {
            unsafe ControlGroup.removeOverflow(control(group, header))
            group = unsafe after(group, header)
        }
        let count = unsafe MapHeader.count(map)
        unsafe count.pointee.store(count.pointee.load(ordering: .relaxed) &- 1, ordering: .relaxed)
        return 0
    }
}

/// What hash maps of every key length share.
enum HashSlots {
    /// The first slot in use at or after `start`, or -1.
    static func next(_ map: UnsafeMutableRawPointer, _ start: Int) -> Int {
        let header = unsafe HashHeader.at(map)
        var group = start / ControlGroup.slots
        var skipped = UInt32(start % ControlGroup.slots)
        while unsafe group < Int(header.pointee.groups) {
            let words = unsafe ControlGroup(at: header.pointee.control + group &* ControlGroup.size)
            let used = words.usedSlots & (UInt32.max &<< skipped)
            if used != 0 { return group &* ControlGroup.slots &+ used.trailingZeroBitCount }
            group &+= 1
            skipped = 0
        }
        return -1
    }
}
