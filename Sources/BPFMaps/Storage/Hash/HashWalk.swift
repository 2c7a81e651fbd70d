import BPFModel
import Synchronization

/// Going through a hash table, group by group: every key is met in the group where it belongs, wherever its entry is.
///
/// A key's group is locked while its keys are read, so one that is there throughout is met, and met once, whatever
/// others do meanwhile. Within a group keys are in the order of their hashes, which replacing a value doesn't change.
enum HashWalk {
    /// Calls `body` for each entry whose key belongs to a group, with its locks held.
    @inline(__always)
    static func forEach(
        in home: Int, _ header: UnsafeMutablePointer<HashHeader>,
        _ body: (_ slot: LockedSlot, _ hash: UInt64) -> Void
    ) {
        let first = unsafe ControlGroup(at: header.control(home))
        if first.usedSlots == 0 && !first.overflowed { return }
        let groups = unsafe lockAll(home, header)
        defer { unsafe groups.unlock() }
        unsafe forEach(in: home, of: groups, body)
    }

    @inline(__always)
    private static func forEach(
        in home: Int, of groups: LockedGroups, _ body: (_ slot: LockedSlot, _ hash: UInt64) -> Void
    ) {
        let header = unsafe groups.header
        var group = home
        while true {
            var used = unsafe ControlGroup(at: header.control(group)).usedSlots
            while used != 0 {
                let slot = used.trailingZeroBitCount
                used &= used &- 1
                let hash = unsafe Self.hash(header.entry(header.index(group, slot)), header)
                if unsafe header.home(of: hash) == home {
                    body(LockedSlot(group: group, slot: slot), hash)
                }
            }
            if unsafe group == groups.last { return }
            group = unsafe header.group(after: group)
        }
    }

    /// Calls `body` with all entries whose keys belong to a group, with its locks held.
    static func withMembers(
        of home: Int, _ header: UnsafeMutablePointer<HashHeader>, _ members: inout [LockedSlot],
        _ body: ([LockedSlot], LockedGroups) -> Void
    ) {
        members.removeAll(keepingCapacity: true)
        let first = unsafe ControlGroup(at: header.control(home))
        if first.usedSlots == 0 && !first.overflowed { return }
        let groups = unsafe lockAll(home, header)
        defer { unsafe groups.unlock() }
        unsafe forEach(in: home, of: groups) { slot, _ in members.append(slot) }
        unsafe body(members, groups)
    }

    /// Locks a group and those that its keys went to.
    private static func lockAll(_ home: Int, _ header: UnsafeMutablePointer<HashHeader>) -> LockedGroups {
        retry: while true {
            var groups = unsafe LockedGroups(header, home: home)
            while unsafe !groups.isWholeTable && ControlGroup(at: header.control(groups.last)).overflowed {
                if unsafe !groups.extend() { continue retry }
            }
            return unsafe groups
        }
    }

    @inline(__always)
    private static func hash(_ entry: UnsafeRawPointer, _ header: UnsafeMutablePointer<HashHeader>) -> UInt64 {
        unsafe KeyBytes(at: entry, size: header.pointee.keySize).hash(header.pointee.seeds)
    }

    /// The key after another, or the first where `key` is nil or absent; false at the end.
    static func nextKey(
        after key: UnsafeRawPointer?, to target: UnsafeMutableRawPointer, _ header: UnsafeMutablePointer<HashHeader>
    ) -> Bool {
        var group = 0
        if let key = unsafe key {
            let bytes = unsafe KeyBytes(at: key, size: header.pointee.keySize)
            let hash = unsafe bytes.hash(header.pointee.seeds)
            if unsafe HashTable<KeyBytes>.find(bytes, hash, header) != nil {
                group = unsafe header.home(of: hash)
                if unsafe leastKey(in: group, after: (hash, key), to: target, header) { return true }
                group &+= 1
            }
        }
        while unsafe group < Int(truncatingIfNeeded: header.pointee.groups) {
            if unsafe leastKey(in: group, after: nil, to: target, header) { return true }
            group &+= 1
        }
        return false
    }

    /// Copies the first key of a group behind another one; false where there is none.
    private static func leastKey(
        in group: Int, after key: (hash: UInt64, bytes: UnsafeRawPointer)?, to target: UnsafeMutableRawPointer,
        _ header: UnsafeMutablePointer<HashHeader>
    ) -> Bool {
        var best: (hash: UInt64, bytes: UnsafeRawPointer)?
        let size = unsafe header.pointee.keySize
        unsafe forEach(in: group, header) { slot, hash in
            let candidate = unsafe (hash, UnsafeRawPointer(header.entry(header.index(slot.group, slot.slot))))
            if let key = unsafe key, unsafe !isBefore(key, candidate, size) { return }
            if let least = unsafe best, unsafe !isBefore(candidate, least, size) { return }
            unsafe best = candidate
            unsafe Words.copy(entry: candidate.1, to: target, count: size)
        }
        return unsafe best != nil
    }

    @inline(__always)
    private static func isBefore(
        _ left: (hash: UInt64, bytes: UnsafeRawPointer), _ right: (hash: UInt64, bytes: UnsafeRawPointer), _ size: Int
    ) -> Bool {
        if unsafe left.hash != right.hash { return unsafe left.hash < right.hash }
        return unsafe UnsafeRawBufferPointer(start: left.bytes, count: size)
            .lexicographicallyPrecedes(UnsafeRawBufferPointer(start: right.bytes, count: size))
    }

    /// A program's next step: the next entry in the order of group and hash, without a lock.
    static func step(
        _ map: UnsafeMutableRawPointer, _ walk: UnsafeMutablePointer<MapWalk>
    ) -> (index: Int, entry: UnsafeMutableRawPointer)? {
        let header = unsafe HashHeader.at(map)
        while unsafe walk.pointee.position < Int(truncatingIfNeeded: header.pointee.groups) {
            if let next = unsafe leastSlot(in: walk.pointee.position, walk, header) { return unsafe next }
            unsafe walk.pointee.position &+= 1
            unsafe walk.pointee.hash = nil
        }
        return nil
    }

    private static func leastSlot(
        in home: Int, _ walk: UnsafeMutablePointer<MapWalk>, _ header: UnsafeMutablePointer<HashHeader>
    ) -> (index: Int, entry: UnsafeMutableRawPointer)? {
        var best: (index: Int, hash: UInt64)?
        var group = home
        var left = unsafe header.pointee.groups
        while left > 0 {
            let words = unsafe ControlGroup(at: header.control(group))
            var candidate = best
            var used = words.usedSlots
            while used != 0 {
                let index = unsafe header.index(group, used.trailingZeroBitCount)
                used &= used &- 1
                let hash = unsafe Self.hash(header.entry(index), header)
                guard unsafe header.home(of: hash) == home else { continue }
                if let last = unsafe walk.pointee.hash, hash <= last { continue }
                if let least = candidate, least.hash <= hash { continue }
                candidate = (index, hash)
            }
            // A writer was here meanwhile: look at the group again.
            if unsafe !words.isCurrent(at: header.control(group)) { continue }
            best = candidate
            if !words.overflowed { break }
            group = unsafe header.group(after: group)
            left &-= 1
        }
        guard let best else { return nil }
        unsafe walk.pointee.hash = best.hash
        let entry = unsafe header.entry(best.index)
        unsafe walk.pointee.key = UnsafeRawPointer(entry)
        return unsafe (best.index, entry)
    }
}
