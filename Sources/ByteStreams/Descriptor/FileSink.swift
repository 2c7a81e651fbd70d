internal import Glibc

/// Writes bytes to a file, a FIFO, a device or standard output, in large pieces.
///
/// A new file appears under its name only when it is whole: until `finish()` it grows beside it, as
/// `NAME.PROCESS.part`, and is removed if the sink goes without. What can't be replaced by renaming (a FIFO, a
/// device, a symbolic link, a file in a folder that can't be written) is written where it is.
public final class FileSink: ByteSink {
    /// When a file appears under its name.
    public enum Appearance: Hashable, Sendable {
        /// Only when it is whole; the file that was there stays until then.
        case whenFinished
        /// At once, growing: for watching a capture while it is made.
        case atOnce
    }

    /// The path, or `standard output`.
    public let name: String
    private var descriptor: Descriptor?
    /// The file being written, where it is to be renamed.
    private var part: String?
    private var buffer: [UInt8] = []
    private var position: UInt64 = 0

    private static let bufferSize = 1 << 18

    /// Creates or replaces a file.
    ///
    /// - Parameters:
    ///   - path: the file; there is no special meaning to `-`.
    ///   - appearance: when it appears under its name.
    public init(path: String, appearance: Appearance = .whenFinished) throws(StreamError) {
        name = path
        guard !path.isEmpty else { throw .cannotOpen(path, .notFound) }
        do {
            let target = try Descriptor.statusOfPath(path)
            let isReplaceable = target?.isRegular ?? true
            if appearance == .whenFinished, isReplaceable {
                let part = "\(path).\(getpid()).part"
                if let descriptor = try? Descriptor.open(part, O_WRONLY | O_CREAT | O_EXCL) {
                    if let target { try descriptor.setPermissions(target.permissions) }
                    self.part = part
                    self.descriptor = consume descriptor
                    return
                }
            }
            descriptor = try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        } catch {
            throw .cannotOpen(path, error)
        }
    }

    /// Writes to standard output, which stays open afterwards.
    public static func standardOutput() -> FileSink {
        FileSink(Descriptor(STDOUT_FILENO, closes: false), name: "standard output")
    }

    /// Writes to an open descriptor, and closes it at the end.
    public convenience init(descriptor: Int32, name: String) {
        self.init(Descriptor(descriptor, closes: true), name: name)
    }

    private init(_ descriptor: consuming Descriptor, name: String) {
        self.name = name
        self.descriptor = consume descriptor
    }

    deinit {
        if let part { Descriptor.remove(part) }
    }

    /// Makes writing to a pipe nobody reads an error of the sink, instead of a signal that ends the process.
    public static func reportBrokenPipes() { Descriptor.ignoreBrokenPipeSignal() }

    /// Writes a part of an array; short pieces are collected, long ones go to the system as they are.
    public func write(_ bytes: [UInt8], range: Range<Int>) throws(StreamError) {
        if buffer.count + range.count > Self.bufferSize { try flush() }
        if range.count >= Self.bufferSize {
            try writeAll(bytes, range)
        } else {
            buffer.append(contentsOf: bytes[range])
        }
    }

    /// Hands everything written so far to the system.
    public func flush() throws(StreamError) {
        guard !buffer.isEmpty else { return }
        try writeAll(buffer, 0..<buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Flushes, closes, and gives a new file its name.
    public func finish() throws(StreamError) {
        try flush()
        guard descriptor != nil else { return }
        do {
            try descriptor.take()?.close()
            if let part {
                try Descriptor.rename(part, to: name)
                self.part = nil
            }
        } catch {
            throw .cannotWrite(name, at: position, error)
        }
    }

    private func writeAll(_ bytes: [UInt8], _ range: Range<Int>) throws(StreamError) {
        var rest = range
        while !rest.isEmpty {
            do throws(SystemError) {
                guard let count = try descriptor?.write(bytes, range: rest) else { throw SystemError.badDescriptor }
                rest = (rest.lowerBound + count)..<rest.upperBound
                position &+= UInt64(count)
            } catch {
                throw .cannotWrite(name, at: position, error)
            }
        }
    }
}
