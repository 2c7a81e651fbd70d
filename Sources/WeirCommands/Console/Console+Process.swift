internal import Glibc
internal import Weir

extension Console {
    /// The console of this process.
    static func standard() -> Console {
        Console(
            input: { () throws(StreamError) in
                let source = try FileSource.standardInput()
                source.isCancelled = { Interruption.shared.isRequested }
                return source
            },
            output: FileSink.standardOutput(), messages: FileSink(descriptor: STDERR_FILENO, name: "standard error"),
            terminals: Terminals(
                input: isatty(STDIN_FILENO) == 1, output: isatty(STDOUT_FILENO) == 1,
                messages: isatty(STDERR_FILENO) == 1),
            interruption: .shared)
    }
}
