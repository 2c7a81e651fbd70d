import BPFModel

/// The groups of a hash table where a key may be, locked by a writer: from the key's own on, next to each other.
///
/// Writers lock upwards; one that would have to wait behind the table's end, where others wait for it, lets go and
/// starts again, so none waits for ever.
@unsafe struct LockedGroups {
    let header: UnsafeMutablePointer<HashHeader>
    let home: Int
    private(set) var last: Int
    private var count = 1

    /// Locks a key's own group.
    @inline(__always)
    init(_ header: UnsafeMutablePointer<HashHeader>, home: Int) {
        unsafe self.header = unsafe header
        unsafe self.home = home
        unsafe last = home
        unsafe ControlGroup.lock(header.control(home))
    }

    /// Whether all groups of the table are locked.
    var isWholeTable: Bool { unsafe count == Int(truncatingIfNeeded: header.pointee.groups) }

    /// Locks the group after the last; false, with all of them let go, where that would be to wait in a circle.
    mutating func extend() -> Bool {
        let next = unsafe header.group(after: last)
        if unsafe next > home {
            unsafe ControlGroup.lock(header.control(next))
        } else if unsafe !ControlGroup.tryLock(header.control(next)) {
            unsafe unlock()
            var wait = Backoff()
            wait.pause()
            return false
        }
        unsafe last = next
        unsafe count &+= 1
        return true
    }

    /// Lets all groups go.
    @inline(__always)
    func unlock() {
        var group = unsafe home
        unsafe ControlGroup.unlock(header.control(group))
        while unsafe group != last {
            group = unsafe header.group(after: group)
            unsafe ControlGroup.unlock(header.control(group))
        }
    }
}

/// A slot of a locked group.
struct LockedSlot {
    let group: Int
    let slot: Int
}

extension LockedGroups {
    /// The first free slot from the key's own group on, locking further groups as needed; nil, with all let go, where
    /// the writer must start again.
    ///
    /// There always is one: a table has more slots than its capacity and one for each group.
    @inline(__always)
    mutating func freeSlot() -> LockedSlot? {
        var group = unsafe home
        while true {
            if let slot = unsafe ControlGroup(at: header.control(group)).nextFreeSlot {
                return LockedSlot(group: group, slot: slot)
            }
            if unsafe group == last, unsafe !extend() { return nil }
            group = unsafe header.group(after: group)
        }
    }

    /// Counts a key past the groups from its own up to another one.
    @inline(__always)
    func addOverflow(upTo group: Int) {
        var passed = unsafe home
        while passed != group {
            unsafe ControlGroup.addOverflow(header.control(passed))
            passed = unsafe header.group(after: passed)
        }
    }

    /// Takes back what ``addOverflow(upTo:)`` counted.
    @inline(__always)
    func removeOverflow(upTo group: Int) {
        var passed = unsafe home
        while passed != group {
            unsafe ControlGroup.removeOverflow(header.control(passed))
            passed = unsafe header.group(after: passed)
        }
    }

    /// How far a group is from the key's own.
    func distance(_ group: Int) -> Int {
        let ahead = unsafe group &- home
        return unsafe ahead >= 0 ? ahead : ahead &+ Int(truncatingIfNeeded: header.pointee.groups)
    }
}
