import BPFModel

// What users do with hash tables of every kind.
extension MapMemory {
    /// The key after another in a hash table.
    func nextHashKey(after key: [UInt8]?, _ size: Int) throws(Errno) -> [UInt8] {
        try unsafe filled(key ?? [0], size) { address, target in
            let found = unsafe HashWalk.nextKey(
                after: key == nil ? nil : address, to: target, HashHeader.at(base))
            return found ? nil : .noEntry
        }
    }

    /// The entries of a hash table; `read` copies the value in a slot.
    func hashEntries(
        _ spec: MapSpec, valueSize: Int, _ count: Int, _ read: (Int, UnsafeMutableRawPointer) -> Void
    ) -> MapEntries {
        var entries = MapEntries(keySize: spec.keySize, valueSize: valueSize, capacity: count)
        let header = unsafe HashHeader.at(base)
        let groups = unsafe Int(truncatingIfNeeded: header.pointee.groups)
        for group in 0..<groups {
            unsafe HashWalk.forEach(in: group, header) { slot, _ in
                let index = unsafe header.index(slot.group, slot.slot)
                unsafe entries.append(key: header.entry(index)) { unsafe read(index, $0) }
            }
        }
        return entries
    }

    /// A batch of whole groups, as Linux takes whole buckets; `read` copies the value in a slot, `remove` forgets it.
    ///
    /// - Throws: `ENOSPC` where not even the first group has room; `ENOENT` where the walk was already over.
    func hashBatch(
        _ request: MapBatchRequest, _ spec: MapSpec, valueSize: Int,
        _ read: (Int, UnsafeMutableRawPointer) -> Void, remove: (LockedSlot, LockedGroups) -> Void
    ) throws(Errno) -> MapBatch {
        let header = unsafe HashHeader.at(base)
        let groups = unsafe Int(truncatingIfNeeded: header.pointee.groups)
        let start = try request.group()
        guard start < groups else { throw .noEntry }
        var entries = MapEntries(keySize: spec.keySize, valueSize: valueSize, capacity: min(request.room, 1 << 16))
        var members: [LockedSlot] = []
        for group in start..<groups {
            var fits = true
            unsafe HashWalk.withMembers(of: group, header, &members) { members, locked in
                fits = entries.count + members.count <= request.room
                guard fits else { return }
                for slot in members {
                    let index = unsafe header.index(slot.group, slot.slot)
                    unsafe entries.append(key: header.entry(index)) { unsafe read(index, $0) }
                    if request.removing { unsafe remove(slot, locked) }
                }
            }
            if fits { continue }
            if entries.isEmpty { throw .noSpace }
            return MapBatch(entries: entries, next: MapCursor(place: .group(group)))
        }
        return MapBatch(entries: entries, next: nil)
    }
}

extension MapEntries {
    /// Adds an entry: the key at an address, and a value that `write` fills in.
    mutating func append(key: UnsafeRawPointer, _ write: (UnsafeMutableRawPointer) -> Void) {
        let offset = values.count
        let keyOffset = keys.count
        keys.append(contentsOf: repeatElement(0, count: keySize))
        values.append(contentsOf: repeatElement(0, count: valueSize))
        unsafe keys.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe Words.copy(entry: key, to: start + keyOffset, count: keySize)
        }
        unsafe values.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe write(start + offset)
        }
    }
}
