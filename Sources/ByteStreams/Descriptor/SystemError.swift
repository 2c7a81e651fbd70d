internal import Glibc

/// An error number of the system, with its name and its meaning.
public struct SystemError: Error, RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The value of `errno`.
    public var rawValue: Int32

    /// Wraps a value of `errno`.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The meaning and the name, such as `no such file or directory (ENOENT)`.
    public var description: String {
        guard let known = Self.known.first(where: { $0.number == rawValue }) else { return "error number \(rawValue)" }
        return "\(known.meaning) (\(known.name))"
    }

    /// The name, such as `ENOENT`; nil for a number reading and writing files does not give.
    public var name: String? { Self.known.first { $0.number == rawValue }?.name }

    static let brokenPipe = SystemError(rawValue: EPIPE)
    static let badDescriptor = SystemError(rawValue: EBADF)
    static let isDirectory = SystemError(rawValue: EISDIR)
    static let notFound = SystemError(rawValue: ENOENT)
    static let wouldBlock = SystemError(rawValue: EAGAIN)
    static let interrupted = SystemError(rawValue: EINTR)

    /// The error of the call that just failed.
    static var last: SystemError { SystemError(rawValue: errno) }

    /// The errors that opening, reading and writing files can give (open(2), read(2), write(2), rename(2)).
    private static let known: [(number: Int32, name: String, meaning: String)] = [
        (EACCES, "EACCES", "permission denied"),
        (EAGAIN, "EAGAIN", "no bytes are there yet"),
        (EBADF, "EBADF", "not an open descriptor"),
        (EBUSY, "EBUSY", "in use"),
        (EDQUOT, "EDQUOT", "disk quota exceeded"),
        (EEXIST, "EEXIST", "file exists"),
        (EFBIG, "EFBIG", "file too large"),
        (EINVAL, "EINVAL", "invalid argument"),
        (EIO, "EIO", "input or output error"),
        (EISDIR, "EISDIR", "is a directory"),
        (ELOOP, "ELOOP", "too many symbolic links"),
        (EMFILE, "EMFILE", "too many open files"),
        (ENAMETOOLONG, "ENAMETOOLONG", "file name too long"),
        (ENFILE, "ENFILE", "too many open files in the system"),
        (ENODEV, "ENODEV", "no such device"),
        (ENOENT, "ENOENT", "no such file or directory"),
        (ENOMEM, "ENOMEM", "out of memory"),
        (ENOSPC, "ENOSPC", "no space left on the device"),
        (ENOTDIR, "ENOTDIR", "not a directory"),
        (ENXIO, "ENXIO", "no such device or address"),
        (EPERM, "EPERM", "operation not permitted"),
        (EPIPE, "EPIPE", "nobody reads the pipe any more"),
        (EROFS, "EROFS", "read-only file system"),
        (ETXTBSY, "ETXTBSY", "the program is running"),
    ]
}
