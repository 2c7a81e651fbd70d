internal import ArgumentParser

/// A usage error on one line: what is wrong, and which help has the rest.
struct UsageMessage: CustomStringConvertible {
    let description: String

    /// Shortens what ArgumentParser says.
    ///
    /// - Parameters:
    ///   - error: what parsing threw.
    ///   - full: its full message: the error, the command's usage, and a line `See 'weir filter --help' for …`.
    init(_ error: any Error, full: String) {
        let lines = WeirCommand.message(for: error).split(separator: "\n").map { $0.drop { $0 == " " } }
        let text = lines.joined(separator: " ")
        let message = text.prefix(1).lowercased() + text.dropFirst()
        let quoted = full.split(separator: "\n").last { $0.contains("See '") }?.split(separator: "'")
        let help = quoted.flatMap { $0.count > 1 ? String($0[1]) : nil } ?? "weir --help"
        description = "\(message.last == "." ? message.dropLast() : message[...]); see '\(help)'"
    }
}
