internal import ArgumentParser

/// A command that reads and writes through a console instead of the process's streams, so that tests can run it.
protocol ConsoleCommand: ParsableCommand {
    /// Does the command's work.
    ///
    /// - Returns: how it ended; errors are thrown.
    func run(on console: Console) throws -> CommandStatus
}
