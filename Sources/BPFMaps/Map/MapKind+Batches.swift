import BPFModel

extension MapKind {
    /// A batch of a kind without groups, as Linux makes it: one key after the other, from behind the last.
    ///
    /// - Throws: `ENOENT` where there is no key behind the last.
    func keyBatch(_ request: MapBatchRequest) throws(Errno) -> MapBatch {
        if request.removing { throw .unsupported }
        var key = try nextKey(after: request.lastKey())
        var entries = MapEntries(keySize: key.count, valueSize: userValueSize, capacity: min(request.room, 1 << 16))
        while true {
            // A key that was deleted meanwhile is left out.
            if let value = try? lookup(key, request.flags) {
                entries.keys += key
                entries.values += value
            }
            if entries.count == request.room { return MapBatch(entries: entries, next: MapCursor(place: .key(key))) }
            do {
                key = try nextKey(after: key)
            } catch {
                return MapBatch(entries: entries, next: nil)
            }
        }
    }
}
