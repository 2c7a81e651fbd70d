import Testing
import WeirCommands

/// Arguments a command refuses: how it ends, and the one line it says, without the `weir: ` in front.
struct Refusal: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let input: [UInt8]
    let status: CommandStatus
    let message: String

    /// Arguments that make no sense; the message ends with a pointer to the help of the command.
    static func usage(_ arguments: String..., message: String) -> Refusal {
        Refusal(arguments: arguments, input: [], status: .usage, message: message)
    }

    /// Arguments that make sense, but ask for what can't be done.
    static func failure(_ arguments: String..., input: String = "", message: String) -> Refusal {
        Refusal(arguments: arguments, input: Array(input.utf8), status: .failed, message: message)
    }

    var testDescription: String { arguments.joined(separator: " ") }

    /// Runs the tool and compares; nothing may be printed as a result.
    func verify(command: String) {
        let run = Invocation([command] + arguments, input: input)
        let help = status == .usage ? "; see 'weir \(command) --help'" : ""
        #expect(run.status == status)
        #expect(run.text == "")
        #expect(run.messages == "weir: \(message)\(help)\n")
    }
}
