public import BPFModel

// Maps whose values have no keys: queues, stacks and bloom filters.
extension Map {
    /// Adds a value to a queue, a stack or a bloom filter.
    ///
    /// - Parameter mode: ``UpdateMode/exist`` drops the oldest value of a queue or a stack that is full.
    /// - Throws: `E2BIG` where it is full, `EINVAL` for a value of the wrong length and for maps with keys, `EPERM` on a
    ///   frozen or read-only map.
    public func push(_ value: [UInt8], mode: UpdateMode = .any) throws(Errno) {
        guard spec.type.isKeyless else { throw .invalid }
        try update([], value, mode: mode)
    }

    /// Takes the next value of a queue or a stack.
    ///
    /// - Throws: `ENOENT` where it is empty, `EINVAL` for maps with keys, `EPERM` on a frozen map and on one that may
    ///   not be read or not be written.
    public func pop() throws(Errno) -> [UInt8] {
        guard spec.type.isKeyless else { throw .invalid }
        try checkReadable()
        try checkWritable()
        return try kind.take([], 0)
    }

    /// The next value of a queue or a stack, which stays.
    ///
    /// - Throws: `ENOENT` where it is empty, `EINVAL` for maps with keys, `EPERM` on a write-only map.
    public func peek() throws(Errno) -> [UInt8] {
        guard spec.type.isKeyless else { throw .invalid }
        return try lookup([])
    }

    /// Whether a bloom filter may have a value: false only where it was never added.
    ///
    /// - Throws: `EINVAL` for a value of the wrong length and for other maps, `EPERM` on a write-only map.
    public func contains(_ value: [UInt8]) throws(Errno) -> Bool {
        try checkReadable()
        guard spec.type == .bloomFilter, value.count == spec.valueSize else { throw .invalid }
        return try kind.memory.contains(value)
    }
}

extension MapType {
    /// Whether values come and go without keys.
    var isKeyless: Bool { self == .queue || self == .stack || self == .bloomFilter }
}
