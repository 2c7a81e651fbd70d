/// Bytes that are already in memory, given out in pieces.
public final class MemorySource: ByteSource {
    /// What the bytes are called in messages.
    public let name: String
    private let bytes: [UInt8]
    private let pieceLimit: Int
    private var position = 0

    /// Wraps an array.
    ///
    /// - Parameters:
    ///   - bytes: the whole stream.
    ///   - name: what to call it in messages.
    ///   - pieceLimit: the most bytes one read gives, at least 1; for trying out how a reader takes short reads.
    public init(_ bytes: [UInt8], name: String = "memory", pieceLimit: Int = .max) {
        self.bytes = bytes
        self.name = name
        self.pieceLimit = max(1, pieceLimit)
    }

    /// The bytes given out, of all there are.
    public var progress: StreamProgress? {
        StreamProgress(position: UInt64(position), size: UInt64(bytes.count))
    }

    /// Gives out the next bytes, at most `pieceLimit` of them.
    public func read(into buffer: inout [UInt8], range: Range<Int>) throws(StreamError) -> Int {
        let count = min(range.count, bytes.count - position, pieceLimit)
        guard count > 0 else { return 0 }
        let place = range.lowerBound..<(range.lowerBound + count)
        buffer.replaceSubrange(place, with: bytes[position..<(position + count)])
        position += count
        return count
    }
}
