import BPFModel

// What programs do with values that have no keys, for users.
extension MapMemory {
    /// Adds a value of the map's size.
    func push(_ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try Errno.check(
            unsafe value.withUnsafeBytes { value in
                guard let value = value.baseAddress else { return Errno.invalid.returned }
                return unsafe MapHeader.at(base).pointee.functions.push(base, value, flags, 0)
            })
    }

    /// Takes the next value of a map whose values have `size` bytes.
    func pop(_ size: Int) throws(Errno) -> [UInt8] {
        try unsafe take(size) { target in unsafe MapHeader.at(base).pointee.functions.pop(base, target, 0) }
    }

    /// Copies the next value of a map whose values have `size` bytes.
    func peek(_ size: Int) throws(Errno) -> [UInt8] {
        try unsafe take(size) { target in unsafe MapHeader.at(base).pointee.functions.peek(base, target, 0) }
    }

    /// Whether a value of the map's size is in a bloom filter, as far as it knows.
    func contains(_ value: [UInt8]) throws(Errno) -> Bool {
        var value = value
        let result = unsafe value.withUnsafeMutableBytes { value in
            guard let value = value.baseAddress else { return Errno.invalid.returned }
            return unsafe MapHeader.at(base).pointee.functions.peek(base, value, 0)
        }
        if result == Errno.noEntry.returned { return false }
        try Errno.check(result)
        return true
    }

    private func take(_ size: Int, _ body: (UnsafeMutableRawPointer) -> Int64) throws(Errno) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: size)
        try Errno.check(
            unsafe value.withUnsafeMutableBytes { value in
                guard let value = value.baseAddress else { return Errno.invalid.returned }
                return unsafe body(value)
            })
        return value
    }
}
