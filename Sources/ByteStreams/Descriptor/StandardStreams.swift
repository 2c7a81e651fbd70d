internal import Glibc

/// The descriptors every process expects to be open: 0, 1 and 2.
public enum StandardStreams {
    /// Takes the place of those that the process was started without.
    ///
    /// Else the next file to be opened would get the number, and be read as input or overwritten by messages. Reading
    /// or writing what stands in for input and output is an error; messages nobody wants go nowhere. To be called
    /// before anything else is opened.
    public static func fillGaps() {
        for (number, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            // The lowest free number is the one that is missing.
            if fcntl(number, F_GETFD) < 0 { _ = unsafe open("/dev/null", flags) }
        }
    }
}
