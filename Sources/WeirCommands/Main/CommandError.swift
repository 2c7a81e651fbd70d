internal import Weir

/// An error of a command itself, as it is shown after `weir: `.
struct CommandError: Error, Hashable, CustomStringConvertible {
    /// What happened, where, and what to do.
    let description: String
    /// How the process ends.
    let status: CommandStatus

    private init(_ description: String, _ status: CommandStatus = .failed) {
        self.description = description
        self.status = status
    }
}

extension CommandError {
    /// Something a library found, with the place it was found in.
    static func found(_ error: any Error, in place: String) -> CommandError {
        CommandError("\(place): \(error)")
    }

    /// Arguments that make no sense in the circumstances.
    static func usage(_ message: String, of command: String) -> CommandError {
        CommandError("\(message); see 'weir \(command) --help'", .usage)
    }

    /// The user asked to stop before there was anything to report.
    static let interrupted = CommandError("interrupted after 0 packets", .interrupted)

    static func wrongType(_ type: ProgramType, in name: String) -> CommandError {
        CommandError("\(name): is a program of type \(type.name); a filter is a socket_filter, sched_cls or xdp")
    }

    static func notHexadecimal(_ name: String) -> CommandError {
        CommandError("\(name): is not bytes in hexadecimal; write two digits for each byte")
    }

    static func tooLong(_ name: String, limit: Int) -> CommandError {
        CommandError("\(name): is longer than \(limit) bytes; give a program or an expression, not a capture")
    }

    static func overwritesInput(_ name: String) -> CommandError {
        CommandError("\(name): is the file being read; write to another one")
    }

    static func notText(_ name: String) -> CommandError {
        CommandError("\(name): is not text in UTF-8; assembly and expressions are")
    }
}
