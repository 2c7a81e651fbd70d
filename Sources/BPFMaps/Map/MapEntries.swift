/// Entries read out of a map together: keys and values, each in one array.
public struct MapEntries: Hashable, Sendable {
    /// The length of a key in bytes.
    public let keySize: Int
    /// The length of a value in bytes.
    public let valueSize: Int
    /// The keys, one after the other.
    public internal(set) var keys: [UInt8]
    /// The values, one after the other, in the order of the keys.
    public internal(set) var values: [UInt8]

    init(keySize: Int, valueSize: Int, capacity: Int) {
        self.keySize = keySize
        self.valueSize = valueSize
        keys = []
        values = []
        keys.reserveCapacity(capacity * keySize)
        values.reserveCapacity(capacity * valueSize)
    }

    /// The key of the entry at an index, which must be inside.
    public func key(at index: Int) -> ArraySlice<UInt8> {
        keys[index * keySize..<(index + 1) * keySize]
    }

    /// The value of the entry at an index, which must be inside.
    public func value(at index: Int) -> ArraySlice<UInt8> {
        values[index * valueSize..<(index + 1) * valueSize]
    }
}

extension MapEntries: RandomAccessCollection {
    /// The first entry's index: 0.
    public var startIndex: Int { 0 }
    /// The number of entries.
    public var endIndex: Int { keySize > 0 ? keys.count / keySize : values.count / Swift.max(1, valueSize) }
    /// An entry by its index, which must be inside.
    public subscript(index: Int) -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        (key(at: index), value(at: index))
    }
}
