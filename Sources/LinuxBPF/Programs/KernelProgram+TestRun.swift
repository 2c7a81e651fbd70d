internal import BPFModel

/// What a test run gave.
public struct KernelRun: Hashable, Sendable {
    /// The low 32 bits of `r0`.
    public var result: UInt32
    /// The packet afterwards.
    public var data: [UInt8]
    /// The context afterwards, where one was passed.
    public var context: [UInt8]
    /// Nanoseconds a run took, on average of all repetitions, as the kernel measured them.
    public var nanoseconds: UInt32
}

extension KernelProgram {
    /// Runs the program on a packet.
    ///
    /// - Parameters:
    ///   - data: the packet; for packets with a link header at least its 14 bytes.
    ///   - context: fields of the context to set, in the form of the kind of program; may be empty.
    ///   - room: how many bytes longer the program may make the packet; `ENOSPC` where it made it longer.
    ///   - repetitions: how often to run; the packet stays as the run before left it.
    /// - Throws: ``KernelError`` with Linux's error number.
    public func testRun(
        data: [UInt8], context: [UInt8] = [], room: Int = 4096, repeat repetitions: UInt32 = 1
    ) throws(KernelError) -> KernelRun {
        var output = [UInt8](repeating: 0, count: data.isEmpty ? 0 : data.count + room)
        var after = [UInt8](repeating: 0, count: context.count)
        var arguments = Arguments()
        arguments[word: 0] = UInt32(bitPattern: descriptor.number)
        arguments[word: 8] = UInt32(truncatingIfNeeded: data.count)
        arguments[word: 12] = UInt32(truncatingIfNeeded: output.count)
        arguments[word: 32] = repetitions
        arguments[word: 40] = UInt32(truncatingIfNeeded: context.count)
        arguments[word: 44] = UInt32(truncatingIfNeeded: context.count)
        do {
            try arguments.lend(reading: data, at: 16) { (arguments) throws(Errno) in
                try arguments.lend(writing: &output, at: 24) { (arguments) throws(Errno) in
                    try arguments.lend(reading: context, at: 48) { (arguments) throws(Errno) in
                        _ = try arguments.lend(writing: &after, at: 56) { (arguments) throws(Errno) in
                            try arguments.call(.testRun)
                        }
                    }
                }
            }
        } catch {
            throw KernelError("test run", error)
        }
        output.removeLast(max(0, output.count - Int(arguments[word: 12])))
        return KernelRun(
            result: arguments[word: 4], data: output, context: after, nanoseconds: arguments[word: 36])
    }
}
