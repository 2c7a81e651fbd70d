/// An error number, with Linux's number and name.
public struct Errno: Error, RawRepresentable, Hashable, Sendable {
    /// The number, positive.
    public var rawValue: Int32

    /// Wraps an error number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Operation not permitted.
    public static let notPermitted = Errno(rawValue: 1)
    /// No such entry.
    public static let noEntry = Errno(rawValue: 2)
    /// The map is full, or the program is too large.
    public static let tooBig = Errno(rawValue: 7)
    /// Bad file descriptor.
    public static let badDescriptor = Errno(rawValue: 9)
    /// Try again: there is no room now.
    public static let tryAgain = Errno(rawValue: 11)
    /// Out of memory.
    public static let noMemory = Errno(rawValue: 12)
    /// Permission denied.
    public static let access = Errno(rawValue: 13)
    /// Bad address.
    public static let fault = Errno(rawValue: 14)
    /// Somebody else is at it.
    public static let busy = Errno(rawValue: 16)
    /// The entry exists.
    public static let exists = Errno(rawValue: 17)
    /// Invalid argument.
    public static let invalid = Errno(rawValue: 22)
    /// The number is out of range.
    public static let range = Errno(rawValue: 34)
    /// No space left.
    public static let noSpace = Errno(rawValue: 28)
    /// The value is too large for its type.
    public static let overflow = Errno(rawValue: 75)
    /// Not supported.
    public static let notSupported = Errno(rawValue: 95)
    /// It is so already.
    public static let already = Errno(rawValue: 114)
    /// Not supported either: what Linux answers to calls that a kind of map does not have, and for packets that a
    /// helper can't change.
    public static let unsupported = Errno(rawValue: 524)

    /// The value a helper returns for this error: the negated number as a 64-bit register holds it.
    @inlinable public var helperResult: UInt64 { UInt64(bitPattern: Int64(-rawValue)) }
}

extension Errno: CustomStringConvertible {
    private static let names: [Int32: String] = [
        1: "EPERM", 2: "ENOENT", 7: "E2BIG", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM", 13: "EACCES", 14: "EFAULT",
        16: "EBUSY", 17: "EEXIST", 22: "EINVAL", 28: "ENOSPC", 34: "ERANGE", 75: "EOVERFLOW", 95: "EOPNOTSUPP",
        114: "EALREADY", 524: "ENOTSUPP",
    ]

    /// The error's name, such as `E2BIG`.
    public var description: String { Self.names[rawValue] ?? "errno \(rawValue)" }
}
