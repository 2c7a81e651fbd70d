/// Collects bytes in memory.
public final class MemorySink: ByteSink {
    /// What the bytes are called in messages.
    public let name: String
    /// Everything written so far.
    public private(set) var bytes: [UInt8] = []
    /// Whether `finish()` was called.
    public private(set) var isFinished = false

    /// Makes an empty sink.
    public init(name: String = "memory") { self.name = name }

    /// Appends a part of an array.
    public func write(_ bytes: [UInt8], range: Range<Int>) throws(StreamError) {
        self.bytes.append(contentsOf: bytes[range])
    }

    /// Does nothing: the bytes are where they belong.
    public func flush() throws(StreamError) {}

    /// Notes that everything has been written.
    public func finish() throws(StreamError) { isFinished = true }
}
