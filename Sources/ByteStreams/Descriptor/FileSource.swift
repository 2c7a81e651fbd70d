internal import Glibc

/// The bytes of a file, a FIFO, a device or standard input.
public final class FileSource: ByteSource {
    /// The path, or `standard input`.
    public let name: String
    /// How long a pipe is waited for before asking whether to go on.
    private static let patience: Int32 = 100

    private let descriptor: Descriptor
    private let size: UInt64?
    private var position: UInt64 = 0

    /// Whether nobody wants more; asked several times a second while a pipe has nothing to give, which then ends.
    public var isCancelled: (@Sendable () -> Bool)?

    /// Opens a file to read it from its beginning; opening a FIFO waits for its writer.
    ///
    /// - Parameter path: the file; there is no special meaning to `-`.
    public convenience init(path: String) throws(StreamError) {
        do {
            try self.init(Descriptor.open(path, O_RDONLY), name: path)
        } catch {
            throw .cannotOpen(path, error)
        }
    }

    /// Reads standard input, which stays open afterwards.
    public static func standardInput() throws(StreamError) -> FileSource {
        do {
            return try FileSource(Descriptor(STDIN_FILENO, closes: false), name: "standard input")
        } catch {
            throw .cannotOpen("standard input", error)
        }
    }

    /// Reads an open descriptor, and closes it at the end.
    public convenience init(descriptor: Int32, name: String) throws(StreamError) {
        do {
            try self.init(Descriptor(descriptor, closes: true), name: name)
        } catch {
            throw .cannotOpen(name, error)
        }
    }

    private init(_ descriptor: consuming Descriptor, name: String) throws(SystemError) {
        let status = try descriptor.status()
        guard !status.isDirectory else { throw .isDirectory }
        self.name = name
        self.descriptor = descriptor
        self.size = status.isRegular ? status.size : nil
    }

    /// How far the file has been read; nil where it has no size, as a pipe.
    public var progress: StreamProgress? {
        size.map { StreamProgress(position: position, size: $0) }
    }

    /// Reads what is there with one read(2).
    public func read(into buffer: inout [UInt8], range: Range<Int>) throws(StreamError) -> Int {
        do {
            if size == nil, let isCancelled {
                while try !descriptor.waitForInput(milliseconds: Self.patience) {
                    if isCancelled() { return 0 }
                }
            }
            let count = try descriptor.read(into: &buffer, range: range)
            position &+= UInt64(count)
            return count
        } catch {
            throw .cannotRead(name, at: position, error)
        }
    }
}
