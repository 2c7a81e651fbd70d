public import BPFModel

extension Map {
    /// Entries from a place on: `BPF_MAP_LOOKUP_BATCH`.
    ///
    /// A hash gives whole groups of keys, so that none is missed that was there throughout, and none is met twice;
    /// others go on behind the last key.
    ///
    /// - Parameters:
    ///   - cursor: what the batch before returned; nil for the start.
    ///   - count: how many entries there is room for.
    ///   - flags: 4, `BPF_F_LOCK`, or 0.
    /// - Throws: `ENOSPC` where the next group of a hash has more entries than there is room for; `ENOENT` where there
    ///   are none behind the cursor; `EINVAL` for flags, and for a cursor of another kind of map; `EPERM`.
    public func lookupBatch(
        from cursor: MapCursor? = nil, atMost count: Int, flags: UInt64 = 0
    ) throws(Errno) -> MapBatch {
        try checkReadable()
        return try batch(cursor, count, flags, removing: false)
    }

    /// Entries from a place on, which are removed as they are read: `BPF_MAP_LOOKUP_AND_DELETE_BATCH`.
    ///
    /// - Throws: what ``lookupBatch(from:atMost:flags:)`` throws; `ENOTSUPP` on other kinds than hashes.
    public func takeBatch(from cursor: MapCursor? = nil, atMost count: Int, flags: UInt64 = 0) throws(Errno) -> MapBatch
    {
        try checkReadable()
        try checkWritable()
        return try batch(cursor, count, flags, removing: true)
    }

    /// Makes or replaces entries, in order: `BPF_MAP_UPDATE_BATCH`.
    ///
    /// - Parameters:
    ///   - keys: the keys, one after the other.
    ///   - values: as many values.
    ///   - flags: 4, `BPF_F_LOCK`, or 0.
    /// - Throws: the first error, with the number of entries before it; `ENOTSUPP` on kinds without batches.
    public func updateBatch(_ keys: [UInt8], _ values: [UInt8], flags: UInt64 = 0) throws(MapBatchError) {
        do throws(Errno) { try checkWritable() } catch { throw MapBatchError(errno: error, done: 0) }
        guard kind.batchChanges.contains(.update) else { throw MapBatchError(errno: .unsupported, done: 0) }
        guard flags & ~ValueLock.flag == 0 else { throw MapBatchError(errno: .invalid, done: 0) }
        let count = try count(keys)
        guard values.count == count * valueSize else { throw MapBatchError(errno: .invalid, done: 0) }
        for index in 0..<count {
            do throws(Errno) {
                let key = Array(keys[index * spec.keySize..<(index + 1) * spec.keySize])
                try update(key, Array(values[index * valueSize..<(index + 1) * valueSize]), flags: flags)
            } catch {
                throw MapBatchError(errno: error, done: index)
            }
        }
    }

    /// Removes entries, in order: `BPF_MAP_DELETE_BATCH`.
    ///
    /// - Throws: the first error, with the number of entries before it; `ENOTSUPP` on arrays and kinds without batches.
    public func deleteBatch(_ keys: [UInt8]) throws(MapBatchError) {
        do throws(Errno) { try checkWritable() } catch { throw MapBatchError(errno: error, done: 0) }
        guard kind.batchChanges.contains(.delete) else { throw MapBatchError(errno: .unsupported, done: 0) }
        for index in 0..<(try count(keys)) {
            do throws(Errno) {
                try delete(Array(keys[index * spec.keySize..<(index + 1) * spec.keySize]))
            } catch {
                throw MapBatchError(errno: error, done: index)
            }
        }
    }

    private func count(_ keys: [UInt8]) throws(MapBatchError) -> Int {
        guard spec.keySize > 0, keys.count.isMultiple(of: spec.keySize) else {
            throw MapBatchError(errno: .invalid, done: 0)
        }
        return keys.count / spec.keySize
    }

    private func batch(
        _ cursor: MapCursor?, _ count: Int, _ flags: UInt64, removing: Bool
    ) throws(Errno) -> MapBatch {
        guard flags & ~ValueLock.flag == 0, flags == 0 || spec.spinLock != nil, count >= 0 else { throw .invalid }
        if count == 0 {
            let none = MapEntries(keySize: spec.keySize, valueSize: valueSize, capacity: 0)
            return MapBatch(entries: none, next: cursor)
        }
        return try kind.batch(MapBatchRequest(start: cursor?.place, room: count, removing: removing, flags: flags))
    }
}
