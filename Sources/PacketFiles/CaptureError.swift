import ByteStreams

/// Why a capture file could not be read, or not further.
///
/// The packets before the place are good and have been delivered.
public struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a program may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// The bytes are no capture file known here.
        case unknownFormat
        /// The version of the format is not known.
        case unknownVersion
        /// The file ends inside something.
        case cutShort
        /// The file contradicts itself or the bounds of its format.
        case damaged
        /// The bytes could not be read.
        case unreadable
    }

    /// What happened.
    public var code: Code
    /// The path, or `standard input` and the like.
    public var name: String
    /// Where, in bytes from the beginning of the capture, decompressed; nil where the system could not read.
    public var offset: UInt64?
    /// What happened, in words; lower case, without name and offset.
    public var message: String

    /// The name, the place and the message, as a user should see them.
    public var description: String {
        guard let offset else { return "\(name): \(message)" }
        return "\(name): at byte \(offset): \(message)"
    }

    init(_ damage: Damage, name: String, base: UInt64) {
        code = damage.code
        self.name = name
        offset = base &+ UInt64(max(damage.offset, 0))
        message = damage.message
    }

    init(_ error: StreamError) {
        code = .unreadable
        name = error.name
        offset = nil
        message = error.message
    }
}
