import BPFModel
import Synchronization

/// How the entries of LRU maps come and go: one writer at a time, while lookups go on without a lock.
enum LRUTable {
    typealias Table = HashTable<KeyBytes>

    /// What an update writes: the value's bytes, given where they go and whether the entry is new.
    typealias Write = (_ index: Int, _ isNew: Bool) -> Void

    @inline(__always)
    static func locked<Result>(_ map: UnsafeMutableRawPointer, _ body: () -> Result) -> Result {
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }
        return body()
    }

    /// `BPF_MAP_UPDATE_ELEM`.
    ///
    /// - Parameter inPlace: whether an entry that exists is changed where it is, as per-CPU values are.
    static func update(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ flags: UInt64, worker: Int, inPlace: Bool,
        _ write: Write
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        guard let flags = unsafe UpdateFlags(flags, header.pointee.spinLock) else { return Errno.invalid.returned }
        return unsafe locked(map) {
            switch unsafe LRUHeader.at(map).pointee.mode {
            case .exact: unsafe updateExact(map, address, flags.mode, inPlace || flags.inPlace, write)
            case .kernel: unsafe updateBatched(map, address, flags.mode, worker, inPlace, write)
            }
        }
    }

    /// `BPF_MAP_DELETE_ELEM`; `read` is given the slot before.
    static func delete(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ read: (Int) -> Void = { _ in }
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        let key = unsafe KeyBytes(at: address, size: header.pointee.keySize)
        return unsafe locked(map) {
            let (groups, slot) = unsafe Table.lock(key, key.hash(header.pointee.seeds), header)
            defer { unsafe groups.unlock() }
            guard let slot else { return Errno.noEntry.returned }
            read(unsafe header.index(slot.group, slot.slot))
            unsafe remove(slot, groups)
            return 0
        }
    }

    /// Forgets an entry and gives back what it had, under the map's and the groups' locks.
    static func remove(_ slot: LockedSlot, _ groups: LockedGroups) {
        let header = unsafe groups.header
        let map = unsafe HashHeader.map(header)
        let index = unsafe header.index(slot.group, slot.slot)
        unsafe Table.remove(slot, groups)
        switch unsafe LRUHeader.at(map).pointee.mode {
        case .exact: unsafe LRUHeader.at(map).pointee.exact.remove(index)
        case .kernel: unsafe LRUHeader.at(map).pointee.batched.give(node(index, header))
        }
    }

    /// Removes the entry in a slot, under the map's lock.
    static func drop(_ index: Int, _ header: UnsafeMutablePointer<HashHeader>) {
        let key = unsafe KeyBytes(at: header.entry(index), size: header.pointee.keySize)
        let (groups, slot) = unsafe Table.lock(key, key.hash(header.pointee.seeds), header)
        if let slot { unsafe Table.remove(slot, groups) }
        unsafe groups.unlock()
    }

    /// Changes an entry in place, under its groups' locks: walks and users' lookups copy it whole.
    private static func change(
        _ key: KeyBytes, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>, _ write: Write
    ) {
        let (groups, slot) = unsafe Table.lock(key, hash, header)
        if let slot { write(unsafe header.index(slot.group, slot.slot), false) }
        unsafe groups.unlock()
    }

    private static func node(_ index: Int, _ header: UnsafeMutablePointer<HashHeader>) -> UInt32 {
        unsafe UseWord.half(UseWord.of(index, header) + 4).pointee.load(ordering: .relaxed)
    }
}

// MARK: The exact mode

extension LRUTable {
    private static func updateExact(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ mode: UpdateMode, _ inPlace: Bool,
        _ write: Write
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        let lru = unsafe LRUHeader.at(map)
        let key = unsafe KeyBytes(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        let found = unsafe Table.find(key, hash, header)
        if let refused = unsafe mode.refusal(exists: found != nil) { return refused.returned }
        let now = unsafe LRUHeader.clock(map).pointee.wrappingAdd(1, ordering: .relaxed).newValue
        if let found = unsafe found, inPlace {
            unsafe change(key, hash, header, write)
            unsafe UseWord.whole(UseWord.of(found.index, header)).pointee.store(now, ordering: .relaxed)
            return 0
        }
        if unsafe found == nil && !Table.takeRoom(map, header) {
            let oldest = unsafe lru.pointee.exact.leastRecent { index in
                unsafe UseWord.whole(UseWord.of(index, header)).pointee.load(ordering: .relaxed)
            }
            guard let oldest else { return Errno.noMemory.returned }
            unsafe lru.pointee.exact.remove(oldest)
            unsafe drop(oldest, header)
            _ = unsafe Table.takeRoom(map, header)
        }
        unsafe insert(key, hash, header) { index, old in
            write(index, true)
            unsafe UseWord.whole(UseWord.of(index, header)).pointee.store(now, ordering: .relaxed)
            if let old { unsafe lru.pointee.exact.remove(old) }
            unsafe lru.pointee.exact.insert(index, use: now)
        }
        return 0
    }

    /// Puts an entry into a slot of its own, instead of an older one of its key where there is one; `fill` writes what
    /// is beside the key.
    private static func insert(
        _ key: KeyBytes, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>,
        _ fill: (_ index: Int, _ old: Int?) -> Void
    ) {
        while true {
            var (groups, old) = unsafe Table.lock(key, hash, header)
            guard let new = unsafe Table.slot(insteadOf: old, &groups) else { continue }
            let index = unsafe header.index(new.group, new.slot)
            unsafe key.store(to: header.entry(index))
            fill(index, old.map { unsafe header.index($0.group, $0.slot) })
            unsafe Table.show(new, insteadOf: old, groups, ControlGroup.tag(of: hash))
            unsafe groups.unlock()
            return
        }
    }
}

// MARK: Linux's mode

extension LRUTable {
    /// As Linux: takes a node first, which may drop entries, even where the key exists or the update is refused then.
    private static func updateBatched(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ mode: UpdateMode, _ worker: Int,
        _ inPlace: Bool, _ write: Write
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        let lists = unsafe LRUHeader.at(map).pointee.batched
        let key = unsafe KeyBytes(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        var taken: UInt32?
        if !inPlace || mode != .exist {
            taken = unsafe lists.take(worker)
            if taken == nil { return Errno.noMemory.returned }
        }
        let found = unsafe Table.find(key, hash, header)
        if let refused = unsafe mode.refusal(exists: found != nil) {
            if let taken { unsafe lists.give(taken) }
            return refused.returned
        }
        if let found = unsafe found, inPlace {
            unsafe change(key, hash, header, write)
            unsafe UseWord.half(UseWord.of(found.index, header)).pointee.store(1, ordering: .relaxed)
            if let taken { unsafe lists.give(taken) }
            return 0
        }
        guard let taken else { return Errno.noMemory.returned }
        let before = unsafe found.map { unsafe Self.node($0.index, header) }
        unsafe insert(key, hash, header) { index, _ in
            write(index, true)
            let use = unsafe UseWord.of(index, header)
            unsafe UseWord.half(use).pointee.store(before == nil ? 0 : 1, ordering: .relaxed)
            unsafe UseWord.half(use + 4).pointee.store(taken, ordering: .relaxed)
            unsafe lists.nodes[Int(taken)].slot = UInt32(truncatingIfNeeded: index)
        }
        if let before {
            unsafe lists.give(before)
        } else {
            unsafe MapHeader.count(map).pointee.wrappingAdd(1, ordering: .relaxed)
        }
        return 0
    }
}
