import BPFModel

/// The checks of kinds that have no keys, or take a number besides, with Linux's error numbers.
extension MapSpec {
    /// Checks that there are no keys.
    func checkNoKey() throws(MapError) {
        guard keySize == 0 else { throw .keyInKeyless(type, keySize) }
    }

    /// Checks the number of entries against a limit of the kind's own.
    func checkCapacity(limit: Int) throws(MapError) {
        if maxEntries <= limit, maxEntries > Self.largestCapacity { return }
        try checkCapacity()
    }

    /// Checks the number that comes besides.
    func checkExtra(_ allowed: ClosedRange<UInt64>) throws(MapError) {
        guard allowed.contains(extra) else { throw .extra(type, extra, limit: allowed.upperBound) }
    }

    /// Checks that keys and values are of a kind's only sizes.
    func checkSizes(key: Int, values: [Int]) throws(MapError) {
        guard keySize == key else { throw .fixedSize("key size", type, keySize, allowed: [key]) }
        guard values.contains(valueSize) else { throw .fixedSize("value size", type, valueSize, allowed: values) }
    }
}

extension MapError {
    static func keyInKeyless(_ type: MapType, _ size: Int) -> MapError {
        MapError(errno: .invalid, reason: "key size of a \(type.name) is \(size), must be 0")
    }

    static func extra(_ type: MapType, _ extra: UInt64, limit: UInt64) -> MapError {
        MapError(errno: .invalid, reason: "extra of a \(type.name) is \(extra), at most \(limit) is possible")
    }

    static func fixedSize(_ what: String, _ type: MapType, _ size: Int, allowed: [Int]) -> MapError {
        let choices = allowed.map(String.init).joined(separator: " or ")
        return MapError(errno: .invalid, reason: "\(what) of a \(type.name) is \(size), must be \(choices)")
    }
}
