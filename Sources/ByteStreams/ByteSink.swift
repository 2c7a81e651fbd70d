/// A stream of bytes being written.
///
/// A sink is used by one thread at a time. What was written counts as whole only after `finish()` returned: a sink
/// that is dropped before leaves nothing that could be taken for the whole.
public protocol ByteSink: AnyObject {
    /// What the bytes go to, for messages: a path, or `standard output`.
    var name: String { get }

    /// Writes a part of an array; the bytes may wait in the sink's buffer.
    ///
    /// - Parameters:
    ///   - bytes: the array.
    ///   - range: the part to write; inside the array.
    func write(_ bytes: [UInt8], range: Range<Int>) throws(StreamError)

    /// Hands everything written so far to the system.
    func flush() throws(StreamError)

    /// Flushes, closes, and puts what was written in its place; nothing can be written after it.
    func finish() throws(StreamError)
}

extension ByteSink {
    /// Writes a whole array.
    public func write(_ bytes: [UInt8]) throws(StreamError) {
        try write(bytes, range: 0..<bytes.count)
    }
}
