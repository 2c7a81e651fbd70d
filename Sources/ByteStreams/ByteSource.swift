/// A stream of bytes, read from its beginning to its end in large pieces.
///
/// A source is used by one thread at a time. Sources stack: a decompressing source reads from another one.
public protocol ByteSource: AnyObject {
    /// What the bytes come from, for messages: a path, or `standard input`.
    var name: String { get }

    /// Where the underlying file is read next and how large it is, for showing progress.
    ///
    /// For a compressed file these are compressed bytes. Nil where the size is unknown, as on a pipe.
    var progress: StreamProgress? { get }

    /// Reads at least one byte and at most `range.count` into `buffer`, starting at `range.lowerBound`.
    ///
    /// It returns as soon as there is something: a pipe gives what its writer wrote, a file a full range except at
    /// its end.
    ///
    /// - Parameters:
    ///   - buffer: where the bytes go.
    ///   - range: the part of the buffer to fill; not empty and inside the buffer.
    /// - Returns: how many bytes were read; 0 only at the end of the stream.
    func read(into buffer: inout [UInt8], range: Range<Int>) throws(StreamError) -> Int
}

/// How far a file has been read.
public struct StreamProgress: Hashable, Sendable {
    /// The bytes read so far.
    public var position: UInt64
    /// The bytes there are, as the file system said when the file was opened.
    public var size: UInt64

    /// Makes a progress from its parts.
    public init(position: UInt64, size: UInt64) {
        self.position = position
        self.size = size
    }
}
