internal import ArgumentParser
internal import Weir

/// `weir filter`: the packets of a capture that an expression or a program keeps.
struct FilterCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Keep the packets of a capture that match.",
        discussion: """
            The capture is pcap or pcapng, from a file or standard input, perhaps compressed with gzip, zstd or lz4. Matching packets are printed, one line each, or \
            written with -w to a capture of the same format, byte order and time resolution, every record as it was.

            A capture that is damaged or cut short yields the packets before the place, then an error and exit status 1. \
            Without an expression, every packet matches. The summary on standard error counts the packets read, the \
            packets that matched and their bytes on the wire.
            """)

    @OptionGroup var filter: ExpressionArguments
    @OptionGroup var display: DisplayArguments

    @Option(
        name: [.customShort("r"), .customLong("read")],
        help: ArgumentHelp("The capture; - is standard input, the default.", valueName: "file"), completion: .file())
    var input: String?

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("Write matching packets to a capture; - is standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        name: [.customShort("c"), .customLong("limit")],
        help: ArgumentHelp("Stop after this many matching packets.", valueName: "count"))
    var limit: UInt64?

    @Option(
        name: [.customShort("s"), .customLong("snaplen")],
        help: ArgumentHelp("Write at most this many bytes of a packet.", valueName: "bytes"))
    var snapLength: UInt32?

    @Flag(help: "Print only how many packets match.")
    var count = false

    @Option(
        help: ArgumentHelp(
            "Keep what a program keeps, a socket filter by the bytes it returns, sched_cls and xdp by their actions: assembly, or 8 bytes an instruction.",
            valueName: "file"),
        completion: .file(extensions: ["s", "bin"]))
    var program: String?

    @Flag(help: "Print what is in the program's maps afterwards.")
    var mapDump = false

    func validate() throws {
        guard program == nil || !filter.isGiven else {
            throw ValidationError("an expression and --program exclude each other")
        }
        guard program != nil || !mapDump else {
            throw ValidationError("--map-dump needs --program, whose maps it prints")
        }
        guard output != "-" || !mapDump else {
            throw ValidationError("--map-dump prints on standard output, where -w - writes the capture")
        }
        guard output == nil || !count else { throw ValidationError("-w and --count exclude each other") }
        guard limit != 0 else { throw ValidationError("-c needs a number of packets above 0") }
        guard snapLength != 0 else { throw ValidationError("-s needs a number of bytes above 0") }
        guard snapLength == nil || output != nil else {
            throw ValidationError("-s needs -w, for it cuts what is written")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        let file = InputFile(path: try inputPath(console))
        if let output { try file.refuse(output: output) }
        let source = try file.capture(on: console)
        let executable = try program.map { try socketFilter(in: ProgramFile(path: $0), on: console) }
        let keeping = try executable.map { PacketFilter($0) } ?? packetFilter(on: console)
        var capture = try CaptureRun.open(source, keeping, on: console)
        capture.trace = console.trace
        capture.limit = limit ?? .max
        var destination = try destination(of: capture.reader, on: console)
        var run = CaptureRun(capture, on: console, display)
        let isLive = run.isLive
        let end = try run.forEachBatch { batch, verdicts in
            try destination.take(batch, verdicts)
            if isLive { try destination.flush() }
        }
        let summary = run.summary(end)
        try destination.finish(summary)
        if mapDump, let executable { try printMaps(of: executable, on: console) }
        return run.report(end, summary)
    }

    private func usage(_ message: String) -> CommandError { .usage(message, of: "filter") }

    private func inputPath(_ console: Console) throws -> String {
        if let input { return input }
        guard !console.terminals.input else { throw usage("no capture; name one with -r, or pipe one in") }
        return "-"
    }

    private func packetFilter(on console: Console) throws -> PacketFilter {
        guard let expression = try filter.expression(on: console) else { return .everything }
        return PacketFilter(expression, netmask: filter.netmask?.mask, optimizes: !filter.skipsOptimizer)
    }

    private func socketFilter(in file: ProgramFile, on console: Console) throws -> Executable {
        let spec = try file.spec(.socketFilter, on: console)
        guard spec.type.seesPackets else { throw CommandError.wrongType(spec.type, in: file.name) }
        let executable: Executable
        do { executable = try Executable.load(spec) } catch { throw CommandError.found(error, in: file.name) }
        try executable.openRecords()
        return executable
    }

    private func printMaps(of executable: Executable, on console: Console) throws {
        let maps = try MapReport(executable)
        if display.json { return try console.print((["maps": maps.json] as JSONValue).description) }
        for line in maps.lines { try console.print(line) }
    }

    private func destination(of reader: CaptureReader, on console: Console) throws -> any PacketDestination {
        if count { return CountDestination(console: console, json: display.json) }
        guard let output else { return LineDestination(reader, console: console, json: display.json) }
        guard output != "-" || !console.terminals.output else {
            throw usage("a capture is no text for a terminal; redirect the output, or name a file with -w")
        }
        let sink: any ByteSink = output == "-" ? console.standardOutput : try FileSink(path: output)
        return CaptureDestination(CaptureCopier(reader.format, to: sink, snapLength: snapLength), sink)
    }
}
