public import BPFModel

/// What one batch call gave.
public struct KernelBatch: Hashable, Sendable {
    /// The keys, one behind the other.
    public var keys: [UInt8] = []
    /// The values, one behind the other.
    public var values: [UInt8] = []
    /// How many entries were handled.
    public var count = 0
    /// Where the next call goes on.
    public var cursor: [UInt8] = []
    /// Why the call stopped: nil after `count` entries, `ENOENT` at the map's end.
    public var stopped: Errno?
}

extension KernelMap {
    /// Keys and values from `cursor` on.
    ///
    /// - Parameters:
    ///   - cursor: what an earlier call returned; nil for the beginning.
    ///   - count: the most entries to return.
    ///   - elementFlags: `BPF_F_LOCK` or 0.
    public func lookupBatch(from cursor: [UInt8]? = nil, count: Int, elementFlags: UInt64 = 0) -> KernelBatch {
        read(.lookupBatch, cursor, count, elementFlags)
    }

    /// Keys and values from `cursor` on, which lose their entries.
    ///
    /// - Parameters:
    ///   - cursor: what an earlier call returned; nil for the beginning.
    ///   - count: the most entries to return.
    ///   - elementFlags: `BPF_F_LOCK` or 0.
    public func lookupAndDeleteBatch(
        from cursor: [UInt8]? = nil, count: Int, elementFlags: UInt64 = 0
    ) -> KernelBatch {
        read(.lookupAndDeleteBatch, cursor, count, elementFlags)
    }

    /// Makes or replaces entries.
    ///
    /// - Parameters:
    ///   - keys: the keys, one behind the other.
    ///   - values: as many values.
    ///   - count: how many there are.
    ///   - elementFlags: as in ``update(_:_:flags:)``.
    public func updateBatch(keys: [UInt8], values: [UInt8], count: Int, elementFlags: UInt64 = 0) -> KernelBatch {
        guard values.count >= count * exchangedValueSize else { return KernelBatch(stopped: .invalid) }
        return write(.updateBatch, keys, values, count, elementFlags)
    }

    /// Removes entries.
    ///
    /// - Parameters:
    ///   - keys: the keys, one behind the other.
    ///   - count: how many there are.
    ///   - elementFlags: 0.
    public func deleteBatch(keys: [UInt8], count: Int, elementFlags: UInt64 = 0) -> KernelBatch {
        write(.deleteBatch, keys, [], count, elementFlags)
    }

    private func read(_ command: Command, _ cursor: [UInt8]?, _ count: Int, _ elementFlags: UInt64) -> KernelBatch {
        // The cursor is a bucket's number, or a key.
        let cursorSize = max(4, keySize)
        if let cursor, cursor.count < cursorSize { return KernelBatch(stopped: .invalid) }
        var batch = KernelBatch()
        batch.cursor = [UInt8](repeating: 0, count: cursorSize)
        batch.keys = [UInt8](repeating: 0, count: count * keySize)
        batch.values = [UInt8](repeating: 0, count: count * exchangedValueSize)
        var arguments = batchArguments(count, elementFlags)
        do {
            try arguments.lend(reading: cursor ?? [], at: 0) { (arguments) throws(Errno) in
                try arguments.lend(writing: &batch.cursor, at: 8) { (arguments) throws(Errno) in
                    try arguments.lend(writing: &batch.keys, at: 16) { (arguments) throws(Errno) in
                        _ = try arguments.lend(writing: &batch.values, at: 24) { (arguments) throws(Errno) in
                            try arguments.call(command)
                        }
                    }
                }
            }
        } catch {
            batch.stopped = error
        }
        // Other errors leave the count as it was asked for.
        batch.count = batch.stopped == nil || batch.stopped == .noEntry ? min(count, Int(arguments[word: 32])) : 0
        batch.keys.removeLast(batch.keys.count - batch.count * keySize)
        batch.values.removeLast(batch.values.count - batch.count * exchangedValueSize)
        return batch
    }

    private func write(
        _ command: Command, _ keys: [UInt8], _ values: [UInt8], _ count: Int, _ elementFlags: UInt64
    ) -> KernelBatch {
        guard keys.count >= count * keySize else { return KernelBatch(stopped: .invalid) }
        var batch = KernelBatch()
        var arguments = batchArguments(count, elementFlags)
        do {
            try arguments.lend(reading: keys, at: 16) { (arguments) throws(Errno) in
                _ = try arguments.lend(reading: values, at: 24) { (arguments) throws(Errno) in
                    try arguments.call(command)
                }
            }
        } catch {
            batch.stopped = error
        }
        batch.count = min(count, Int(arguments[word: 32]))
        return batch
    }

    private func batchArguments(_ count: Int, _ elementFlags: UInt64) -> Arguments {
        var arguments = Arguments()
        arguments[word: 32] = UInt32(truncatingIfNeeded: count)
        arguments[word: 36] = number
        arguments[double: 40] = elementFlags
        return arguments
    }
}
