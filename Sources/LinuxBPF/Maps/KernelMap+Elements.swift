internal import BPFModel

extension KernelMap {
    /// The value of a key.
    ///
    /// - Parameters:
    ///   - key: the key; empty for queues and stacks, whose next value this returns and leaves.
    ///   - flags: `BPF_F_LOCK` or 0.
    /// - Throws: ``KernelError``, `ENOENT` where the key has no entry.
    public func lookup(_ key: [UInt8], flags: UInt64 = 0) throws(KernelError) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: exchangedValueSize)
        try lookup(key, into: &value, flags: flags)
        return value
    }

    /// Copies the value of a key, without allocating.
    ///
    /// - Parameters:
    ///   - key: the key; empty for queues and stacks, whose next value this returns and leaves. For Bloom filters the
    ///     value is what is looked for.
    ///   - value: where to; as long as ``exchangedValueSize``, or longer.
    ///   - flags: `BPF_F_LOCK` or 0.
    /// - Throws: ``KernelError``, `ENOENT` where the key has no entry.
    public func lookup(_ key: [UInt8], into value: inout [UInt8], flags: UInt64 = 0) throws(KernelError) {
        try call(.lookup, "map lookup", key, writing: &value, flags)
    }

    /// Makes or replaces an entry.
    ///
    /// - Parameters:
    ///   - key: the key; empty for queues, stacks and Bloom filters.
    ///   - value: the value, of ``exchangedValueSize``.
    ///   - flags: `BPF_ANY` 0, `BPF_NOEXIST` 1, `BPF_EXIST` 2, `BPF_F_LOCK` 4.
    /// - Throws: ``KernelError`` with Linux's error number.
    public func update(_ key: [UInt8], _ value: [UInt8], flags: UInt64 = 0) throws(KernelError) {
        try check(key, value)
        try KernelError.naming("map update") { () throws(Errno) in
            var arguments = element(flags)
            try arguments.lend(reading: key, at: 8) { (arguments) throws(Errno) in
                _ = try arguments.lend(reading: value, at: 16) { (arguments) throws(Errno) in
                    try arguments.call(.update)
                }
            }
        }
    }

    /// Puts a program into a program array.
    ///
    /// - Throws: ``KernelError`` with Linux's error number.
    public func update(_ index: UInt32, program: KernelProgram, flags: UInt64 = 0) throws(KernelError) {
        try update(index.bytes, UInt32(bitPattern: program.descriptor.number).bytes, flags: flags)
    }

    /// Puts a map into a map of maps.
    ///
    /// - Throws: ``KernelError`` with Linux's error number.
    public func update(_ key: [UInt8], map: KernelMap, flags: UInt64 = 0) throws(KernelError) {
        try update(key, map.number.bytes, flags: flags)
    }

    /// Removes an entry.
    ///
    /// - Throws: ``KernelError``, `ENOENT` where the key has no entry.
    public func delete(_ key: [UInt8]) throws(KernelError) {
        try check(key, nil)
        try KernelError.naming("map delete") { () throws(Errno) in
            var arguments = element(0)
            _ = try arguments.lend(reading: key, at: 8) { (arguments) throws(Errno) in try arguments.call(.delete) }
        }
    }

    /// The key after another.
    ///
    /// - Parameter key: the key before it; nil for the first key, and so is one that has no entry.
    /// - Throws: ``KernelError``, `ENOENT` behind the last key.
    public func nextKey(after key: [UInt8]?) throws(KernelError) -> [UInt8] {
        var next = [UInt8](repeating: 0, count: keySize)
        try call(.nextKey, "map next key", key ?? [], writing: &next, 0)
        return next
    }

    /// The value of a key, which loses its entry.
    ///
    /// - Parameters:
    ///   - key: the key; empty for queues and stacks.
    ///   - flags: `BPF_F_LOCK` or 0.
    /// - Throws: ``KernelError``, `ENOENT` where the key has no entry.
    public func lookupAndDelete(_ key: [UInt8], flags: UInt64 = 0) throws(KernelError) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: exchangedValueSize)
        try call(.lookupAndDelete, "map lookup and delete", key, writing: &value, flags)
        return value
    }

    /// Ends all writing from outside programs.
    ///
    /// - Throws: ``KernelError`` with Linux's error number.
    public func freeze() throws(KernelError) {
        try KernelError.naming("map freeze") { () throws(Errno) in
            var arguments = Arguments()
            arguments[word: 0] = number
            try arguments.call(.freeze)
        }
    }

    private func element(_ flags: UInt64) -> Arguments {
        var arguments = Arguments()
        arguments[word: 0] = number
        arguments[double: 24] = flags
        return arguments
    }

    private func call(
        _ command: Command, _ operation: String, _ key: [UInt8], writing value: inout [UInt8], _ flags: UInt64
    ) throws(KernelError) {
        try check(key, command == .nextKey ? nil : value)
        do {
            var arguments = element(flags)
            try arguments.lend(reading: key, at: 8) { (arguments) throws(Errno) in
                _ = try arguments.lend(writing: &value, at: 16) { (arguments) throws(Errno) in
                    try arguments.call(command)
                }
            }
        } catch {
            throw KernelError(operation, error)
        }
    }

    /// Linux takes the lengths of keys and values from the map: shorter arrays must not reach it.
    private func check(_ key: [UInt8], _ value: [UInt8]?) throws(KernelError) {
        guard key.isEmpty || key.count >= keySize else { throw KernelError("a key of \(key.count) bytes", .invalid) }
        if let value, !value.isEmpty, value.count < exchangedValueSize {
            throw KernelError("a value of \(value.count) bytes", .invalid)
        }
    }
}

extension UInt32 {
    /// The bytes in memory, little-endian.
    var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> UInt32(8 * $0)) } }
}
