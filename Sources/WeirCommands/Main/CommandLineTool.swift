internal import ArgumentParser
internal import Weir

/// The command line: from arguments to an exit status.
public enum CommandLineTool {
    /// Runs the command that the process's arguments ask for, on its standard streams.
    public static func main() -> Int32 {
        StandardStreams.fillGaps()
        let watch = Interruption.shared.watchSignals()
        return withExtendedLifetime(watch) {
            run(Array(CommandLine.arguments.dropFirst()), on: .standard()).rawValue
        }
    }

    /// Runs the command that `arguments` ask for, and reports what went wrong as one message.
    ///
    /// - Parameters:
    ///   - arguments: the arguments, without the name of the tool.
    ///   - console: where the command reads and writes.
    public static func run(_ arguments: [String], on console: Console) -> CommandStatus {
        do {
            let status = try run(WeirCommand.parseAsRoot(arguments), on: console)
            try console.flush()
            return status
        } catch {
            // What was printed before the error comes before its message; where it can't be written there is nothing
            // to say about it beyond the first error.
            let status = report(error, on: console)
            try? console.flush()
            return status
        }
    }

    private static func run(_ command: any ParsableCommand, on console: Console) throws -> CommandStatus {
        guard let command = command as? any ConsoleCommand else {
            // ArgumentParser's own commands, such as `help`, throw what they have to say.
            var command = command
            try command.run()
            return .done
        }
        return try command.run(on: console)
    }

    private static func report(_ error: any Error, on console: Console) -> CommandStatus {
        switch error {
        case let error as StreamError where error.code == .brokenPipe: return .done
        case let error as CommandError:
            console.report(error.description)
            return error.status
        default: break
        }
        let message = WeirCommand.fullMessage(for: error, columns: console.columns)
        switch WeirCommand.exitCode(for: error) {
        case .success:
            do {
                try console.print(message.last == "\n" ? String(message.dropLast()) : message)
                try console.flush()
            } catch {
                return report(error, on: console)
            }
            return .done
        case .validationFailure:
            console.report(UsageMessage(error, full: message).description)
            return .usage
        default:
            console.report("\(error)")
            return .failed
        }
    }
}
