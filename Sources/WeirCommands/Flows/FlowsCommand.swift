internal import ArgumentParser
internal import Weir

/// `weir flows`: who talked to whom in a capture, and how much.
struct FlowsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows",
        abstract: "Count the packets of a capture by flow.",
        discussion: """
            A verified BPF program counts packets, bytes on the wire, first and last time and TCP flags of each flow \
            into a map; then the map is read and the top of it printed. A flow is told by the outermost IP header, \
            behind any VLAN tags, MPLS labels or PPPoE session. Both directions share a row, named after the sender \
            of the first packet, unless --directional asks for a row for each.

            Every packet is in one row, or counted by the reason it belongs to no flow; the totals say both.
            """)

    /// Whether a flow's two directions share a row.
    enum Direction: String, EnumerableFlag {
        case bidirectional, directional

        static func help(for value: Direction) -> ArgumentHelp? {
            switch value {
            case .bidirectional: "Count both directions of a flow in one row."
            case .directional: "Count each direction by itself."
            }
        }
    }

    @Argument(help: ArgumentHelp("The capture; - is standard input.", valueName: "file"), completion: .file())
    var input: String

    @OptionGroup var filter: ExpressionArguments
    @OptionGroup var display: DisplayArguments

    @Option(help: ArgumentHelp("What is counted together.", valueName: "what"))
    var by = ChoiceArgument(FlowGrouping.fiveTuple)

    @Option(help: ArgumentHelp("What the rows are ordered by.", valueName: "order"))
    var sort = ChoiceArgument(FlowOrder.bytes)

    @Option(
        name: [.customShort("n"), .customLong("rows")],
        help: ArgumentHelp("Print this many rows, 0 for all. (default: 20 in a table, else all)", valueName: "count"))
    var limit: Int?

    @Flag var direction = Direction.bidirectional

    @Option(
        help: ArgumentHelp("How many flows there is room for, of IPv4 and of IPv6 each.", valueName: "flows"))
    var capacity = 1 << 20

    @Flag(help: "Print comma-separated values.")
    var csv = false

    /// Beyond that a map's memory is more than machines have.
    private static let capacities = 1...(1 << 28)

    func validate() throws {
        guard !csv || !display.json else { throw ValidationError("--csv and --json exclude each other") }
        guard limit ?? 0 >= 0 else { throw ValidationError("-n needs a number of rows, 0 or more") }
        guard Self.capacities.contains(capacity) else {
            throw ValidationError("--capacity needs a number of flows from 1 to \(Self.capacities.upperBound)")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        let source = try InputFile(path: input).capture(on: console)
        let expression = try filter.expression(on: console)
        let packets =
            expression.map { PacketFilter($0, netmask: filter.netmask?.mask, optimizes: !filter.skipsOptimizer) }
            ?? .everything
        var counter = FlowCounter(by: by.value, twoWay: direction == .bidirectional, capacity: capacity)
        var run = CaptureRun(try CaptureRun.open(source, packets, on: console), on: console, display)
        let end = try run.forEachBatch { batch, verdicts in try counter.count(&batch, verdicts) }
        let summary = run.summary(end)
        try print(
            FlowReport(table: try counter.table(), summary: summary, counter: counter), on: console)
        return run.report(end, summary)
    }

    /// How many rows to print.
    private var rows: Int {
        switch limit {
        case nil: display.json || csv ? .max : 20
        case 0: .max
        case .some(let limit): limit
        }
    }

    private func print(_ report: FlowReport, on console: Console) throws {
        if display.json {
            try console.print(report.json(by: sort.value, limit: rows).description)
        } else if csv {
            for line in report.csv(by: sort.value, limit: rows) { try console.print(line) }
        } else {
            for line in report.lines(by: sort.value, limit: rows) { try console.print(line) }
        }
    }
}
