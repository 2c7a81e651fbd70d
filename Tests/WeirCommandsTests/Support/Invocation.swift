import Weir
import WeirCommands

/// A sink that keeps what is written, or refuses it once its reader is gone.
final class CollectingSink: ByteSink {
    let name: String
    private(set) var bytes: [UInt8] = []

    init(name: String) { self.name = name }

    /// What was written, as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func write(_ bytes: [UInt8], range: Range<Int>) throws(StreamError) { self.bytes += bytes[range] }
    func flush() throws(StreamError) {}
    func finish() throws(StreamError) {}
}

/// A run of the tool within the test process: its arguments, and everything it did to its console.
struct Invocation {
    let status: CommandStatus
    let output: [UInt8]
    let messages: String

    /// The output as text.
    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs the tool.
    ///
    /// - Parameters:
    ///   - arguments: without the name of the tool.
    ///   - input: what standard input holds.
    ///   - terminals: which streams are terminals.
    ///   - interruption: asks the run to stop.
    init(
        _ arguments: String..., input: [UInt8] = [], terminals: Console.Terminals = Console.Terminals(),
        interruption: Interruption = Interruption()
    ) {
        self.init(arguments, input: input, terminals: terminals, interruption: interruption)
    }

    init(
        _ arguments: [String], input: [UInt8] = [], terminals: Console.Terminals = Console.Terminals(),
        interruption: Interruption = Interruption()
    ) {
        let output = CollectingSink(name: "standard output")
        let messages = CollectingSink(name: "standard error")
        let console = Console(
            input: { () throws(StreamError) in MemorySource(input, name: "standard input") },
            output: output, messages: messages, terminals: terminals, interruption: interruption)
        status = CommandLineTool.run(arguments, on: console)
        self.output = output.bytes
        self.messages = messages.text
    }
}
