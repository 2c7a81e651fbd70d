internal import Glibc
internal import Weir

extension Console {
    /// The console of this process.
    static func standard() -> Console {
        Console(
            input: { () throws(StreamError) in try FileSource.standardInput() },
            output: FileSink.standardOutput(), messages: FileSink(descriptor: STDERR_FILENO, name: "standard error"),
            terminals: Terminals(
                input: isatty(STDIN_FILENO) == 1, output: isatty(STDOUT_FILENO) == 1,
                messages: isatty(STDERR_FILENO) == 1),
            interruption: .shared)
    }
}
