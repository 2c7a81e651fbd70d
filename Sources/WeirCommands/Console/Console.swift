public import Weir

/// What a command reads from and writes to: the standard streams of the process, or those of a test.
public final class Console {
    /// Which streams are terminals, and how wide a line is.
    public struct Terminals: Sendable {
        /// Whether input comes from a terminal.
        public var input: Bool
        /// Whether results go to a terminal.
        public var output: Bool
        /// Whether messages go to a terminal.
        public var messages: Bool

        /// Says which streams are terminals; none, where not said.
        public init(input: Bool = false, output: Bool = false, messages: Bool = false) {
            self.input = input
            self.output = output
            self.messages = messages
        }
    }

    /// Asks running commands to stop.
    public let interruption: Interruption
    /// Which streams are terminals.
    public let terminals: Terminals

    private let output: any ByteSink
    private let messages: any ByteSink
    private let openInput: () throws(StreamError) -> any ByteSource

    /// Makes a console from its streams.
    ///
    /// - Parameters:
    ///   - input: opens standard input.
    ///   - output: takes results.
    ///   - messages: takes errors, summaries and progress.
    ///   - terminals: which of them are terminals.
    ///   - interruption: asks running commands to stop.
    public init(
        input: @escaping () throws(StreamError) -> any ByteSource, output: any ByteSink, messages: any ByteSink,
        terminals: Terminals = Terminals(), interruption: Interruption = Interruption()
    ) {
        openInput = input
        self.output = output
        self.messages = messages
        self.terminals = terminals
        self.interruption = interruption
    }

    /// The width that help texts are wrapped to.
    var columns: Int { 100 }

    /// Opens standard input.
    func standardInput() throws(StreamError) -> any ByteSource { try openInput() }

    /// The sink that results go to.
    var standardOutput: any ByteSink { output }
}

extension Console {
    /// Prints a line of results.
    func print(_ line: String) throws(StreamError) {
        try output.write(Array((line + "\n").utf8))
    }

    /// Prints bytes of results as they are.
    func print(_ bytes: [UInt8]) throws(StreamError) {
        try output.write(bytes)
    }

    /// Hands what was printed to the system.
    func flush() throws(StreamError) { try output.flush() }

    /// Prints an error after what was printed before it.
    ///
    /// Errors quote files and arguments: control characters among them are shown, not sent to the terminal.
    func report(_ error: String) {
        note("weir: " + error.escaped)
    }

    /// Prints a line that a program wrote.
    func trace(_ line: TraceLine) {
        // Programs written for older kernels end their lines themselves.
        let text = line.text.hasSuffix("\n") ? String(line.text.dropLast()) : line.text
        note("bpf_trace_printk: " + text.escaped)
    }

    /// Prints a line for people beside the results.
    ///
    /// Where even that fails there is nobody to tell.
    func note(_ line: String) {
        try? output.flush()
        show(line + "\n")
    }

    /// Prints text for people as it is, at once.
    func show(_ text: String) {
        try? messages.write(Array(text.utf8))
        try? messages.flush()
    }
}

extension String {
    /// The text with its control characters shown, except line ends and tabs.
    var escaped: String {
        var shown = ""
        for scalar in unicodeScalars {
            if scalar.properties.generalCategory == .control, scalar != "\n", scalar != "\t" {
                shown += "\\x" + Hexadecimal.digits(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
