public import BPFModel

/// What many lookups made together found.
public struct MapLookups: Hashable, Sendable {
    /// The length of a value in bytes.
    public let valueSize: Int
    /// Whether each key is there, in the order of the keys.
    public internal(set) var found: [Bool]
    /// The values, one after the other, zeros for keys that are not there.
    public internal(set) var values: [UInt8]

    init(count: Int, valueSize: Int) {
        self.valueSize = valueSize
        found = [Bool](repeating: false, count: count)
        values = [UInt8](repeating: 0, count: count * valueSize)
    }

    /// The value of the key at an index, which must be inside; nil where the key is not there.
    public func value(at index: Int) -> ArraySlice<UInt8>? {
        found[index] ? values[index * valueSize..<(index + 1) * valueSize] : nil
    }
}

extension Map {
    /// Looks many keys up together: where values are far, the memory of several is on its way at once.
    ///
    /// Each value is whole, as one lookup would give it; together they are of no one moment.
    ///
    /// - Parameter keys: the keys, one after the other.
    /// - Throws: `EINVAL` where there is no whole number of keys, `EPERM` on a write-only map, `ENOTSUPP` on kinds
    ///   without keys.
    public func lookup(many keys: [UInt8]) throws(Errno) -> MapLookups {
        try checkReadable()
        guard spec.keySize > 0 else { throw .unsupported }
        guard keys.count.isMultiple(of: spec.keySize) else { throw .invalid }
        var result = MapLookups(count: keys.count / spec.keySize, valueSize: valueSize)
        try kind.lookup(many: keys, &result)
        return result
    }
}

extension MapKind {
    func lookup(many keys: [UInt8], _ result: inout MapLookups) throws(Errno) {
        let keySize = keys.count / max(1, result.found.count)
        for index in result.found.indices {
            do throws(Errno) {
                let value = try lookup(Array(keys[index * keySize..<(index + 1) * keySize]), 0)
                result.values.replaceSubrange(index * result.valueSize..<(index + 1) * result.valueSize, with: value)
                result.found[index] = true
            } catch {
                guard error == .noEntry else { throw error }
            }
        }
    }
}
