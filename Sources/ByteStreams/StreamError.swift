/// Why bytes could not be read or written.
public struct StreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a program may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// The file could not be opened.
        case cannotOpen
        /// The system refused a read.
        case cannotRead
        /// The system refused a write.
        case cannotWrite
        /// Nobody reads the other end of a pipe any more; usually a reason to stop quietly.
        case brokenPipe
        /// A compressed stream is cut short.
        case compressedDataCutShort
        /// A compressed stream contradicts itself.
        case compressedDataDamaged
    }

    /// What happened.
    public var code: Code
    /// The path, or `standard input` and the like.
    public var name: String
    /// The system's error, where it was the system's.
    public var systemError: SystemError?
    /// What happened and where, in words; lower case, without the name.
    public var message: String

    /// The name and the message, as a user should see them.
    public var description: String { "\(name.isEmpty ? "''" : name): \(message)" }
}

extension StreamError {
    static func cannotOpen(_ name: String, _ error: SystemError) -> StreamError {
        StreamError(code: .cannotOpen, name: name, systemError: error, message: "cannot be opened: \(error)")
    }

    static func cannotRead(_ name: String, at position: UInt64, _ error: SystemError) -> StreamError {
        StreamError(
            code: .cannotRead, name: name, systemError: error,
            message: "cannot be read at byte \(position): \(error)")
    }

    static func cannotWrite(_ name: String, at position: UInt64, _ error: SystemError) -> StreamError {
        StreamError(
            code: error == .brokenPipe ? .brokenPipe : .cannotWrite, name: name, systemError: error,
            message: "cannot be written at byte \(position): \(error)")
    }

    static func noMemory(_ name: String, _ compression: Compression) -> StreamError {
        StreamError(code: .cannotOpen, name: name, message: "no memory to decompress \(compression.name) data")
    }

    static func compressedDataCutShort(
        _ name: String, _ compression: Compression, at position: UInt64
    ) -> StreamError {
        StreamError(
            code: .compressedDataCutShort, name: name,
            message: "the \(compression.name) data is cut short: it ends inside a frame, after \(position) bytes")
    }

    static func compressedDataDamaged(
        _ name: String, _ compression: Compression, at position: UInt64, _ reason: String
    ) -> StreamError {
        StreamError(
            code: .compressedDataDamaged, name: name,
            message: "the \(compression.name) data is damaged within its first \(position) bytes: \(reason)")
    }
}
