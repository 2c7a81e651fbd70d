import BPFModel
import Synchronization

/// A hash table whose keys are read as `Key`: how keys are found.
///
/// One table of fixed size, never moved: groups of 14 slots with control words (``ControlGroup``), entries of key and
/// value, searched from the key's own group on. Lookups take no lock. Writers hold the locks of the groups from the
/// key's own to the last they touch (``LockedGroups``); they write an entry before its tag, and never change the key
/// of an entry that has one.
enum HashTable<Key: TableKey> {
    /// Where a reader found a key, and what its group held then.
    @unsafe struct Found {
        let index: Int
        let entry: UnsafeMutableRawPointer
        let control: UnsafeMutableRawPointer
        let words: ControlGroup

        /// Whether the entry was the key's all the time since it was found.
        @inline(__always)
        var isCurrent: Bool { unsafe words.isCurrent(at: control) }
    }

    /// Finds a key without a lock: what is found was there at one moment of the call, and what isn't was not.
    @inline(__always)
    static func find(_ key: Key, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>) -> Found? {
        let group = unsafe header.home(of: hash)
        while true {
            switch unsafe search(group, key, hash, header) {
            case .found(let found): return unsafe found
            case .absent: return nil
            case .further: return unsafe findFurther(key, hash, header)
            case .changed: continue
            }
        }
    }

    @unsafe private enum Search {
        case found(Found)
        case absent
        /// Not here, but perhaps in the next group.
        case further
        /// A writer was here meanwhile: look again.
        case changed
    }

    @inline(__always)
    private static func search(
        _ group: Int, _ key: Key, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>
    ) -> Search {
        let control = unsafe header.control(group)
        let words = unsafe ControlGroup(at: control)
        var candidates = words.slots(tagged: ControlGroup.tag(of: hash))
        while candidates != 0 {
            let index = unsafe header.index(group, candidates.trailingZeroBitCount)
            let entry = unsafe header.entry(index)
            if unsafe key.matches(entry) {
                let found = unsafe Found(index: index, entry: entry, control: control, words: words)
                return unsafe found.isCurrent ? .found(found) : .changed
            }
            candidates &= candidates &- 1
        }
        if unsafe !words.isCurrent(at: control) { return unsafe .changed }
        return unsafe words.overflowed ? .further : .absent
    }

    /// Finds a key that may be beyond its own group.
    @inline(never)
    private static func findFurther(
        _ key: Key, _ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>
    ) -> Found? {
        let returns = unsafe HashHeader.returns(header)
        while true {
            let before = unsafe returns.pointee.load(ordering: .acquiring)
            var group = unsafe header.home(of: hash)
            var left = unsafe header.pointee.groups
            search: while left > 0 {
                switch unsafe search(group, key, hash, header) {
                case .found(let found): return unsafe found
                case .absent: break search
                case .further:
                    group = unsafe header.group(after: group)
                    left &-= 1
                case .changed: break
                }
            }
            // A key that came back to a group already searched was there all the time.
            if unsafe returns.pointee.load(ordering: .acquiring) == before { return nil }
        }
    }
}

// MARK: Lookups

extension HashTable {
    /// The address of a key's value in its entry, or nil.
    @inline(__always)
    static func lookup(_ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer) -> UnsafeMutableRawPointer? {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        guard let found = unsafe find(key, hash, header) else { return nil }
        return unsafe found.entry + header.pointee.valueOffset
    }

    /// The address of a worker's value of a key, or nil.
    @inline(__always)
    static func lookup(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, worker: UInt32
    ) -> UnsafeMutableRawPointer? {
        let header = unsafe HashHeader.at(map)
        guard unsafe worker < header.pointee.workers else { return nil }
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        guard let found = unsafe find(key, hash, header) else { return nil }
        return unsafe header.workerValue(found.index, worker)
    }

    /// Copies a key's value out, whole, as it was at one moment; false where the key is absent.
    static func read(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, to target: UnsafeMutableRawPointer
    ) -> Bool {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        while let found = unsafe find(key, hash, header) {
            let value = unsafe found.entry + header.pointee.valueOffset
            unsafe Words.copy(entry: value, to: target, count: header.pointee.valueSize)
            if unsafe found.isCurrent { return true }
        }
        return false
    }
}
