internal import ArgumentParser
internal import Weir

/// `weir run`: one run of a program.
struct RunCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a BPF program once and print r0.",
        discussion: """
            The program is verified, then run on the memory given: r1 is its address and r2 its length. With --type, r1 \
            is the context of that type of program: of socket_filter, sched_cls and xdp, the memory is the packet; of the \
            others it is the context itself, with zeros behind it. Programs that are not proved safe run only \
            with --unverified, on the engine that checks every step. A packet that was changed is printed as it is then.
            """)

    @Argument(help: "The program: assembly, or 8 bytes an instruction.", completion: .file(extensions: ["s", "bin"]))
    var program: String

    @Option(name: [.customLong("mem"), .short], help: ArgumentHelp("The memory, in hexadecimal.", valueName: "hex"))
    var memory = ""

    @Option(help: "Run as a program of this type, such as socket_filter or kprobe.")
    var type: ProgramTypeArgument?

    @Option(help: "The engine; the reference engine checks every step. (default: interpreter)")
    var engine: ChoiceArgument<Engine>?

    @Flag(help: "Run what is not proved safe, on the reference engine.")
    var unverified = false

    @Flag(help: "Print what is in the program's maps afterwards.")
    var mapDump = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard !unverified || engine?.value != .interpreter else {
            throw ValidationError("--unverified excludes the interpreter, which runs only what is proved safe")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        guard var bytes = Hexadecimal.bytes(memory) else { throw CommandError.notHexadecimal("--mem") }
        let file = ProgramFile(path: program)
        var spec = try file.spec(.socketFilter, on: console)
        if let type { spec.type = type.value }
        let executable: Executable
        do throws(ProgramError) {
            executable = try load(spec, entry: type == nil ? .memory(size: bytes.count) : .context)
        } catch {
            throw CommandError.found(error, in: file.name)
        }
        try executable.openRecords()
        let worker = Worker()
        worker.trace = console.trace
        let (result, outcome) = run(executable, &bytes, worker)
        if let fault = worker.fault { throw CommandError.found(fault, in: file.name) }
        try print(result, bytes, outcome, from: executable, on: console)
        return .done
    }

    /// Runs the program on memory, a packet or an event, as its type has it.
    private func run(
        _ executable: Executable, _ bytes: inout [UInt8], _ worker: Worker
    ) -> (result: UInt64, outcome: OutcomeReport?) {
        guard let type = type?.value else { return (executable.run(memory: &bytes, worker: worker), nil) }
        guard type.seesPackets else { return (executable.run(event: bytes.span, worker: worker), nil) }
        let before = bytes
        let processed = executable.process(&bytes, worker: worker)
        return (processed.result, OutcomeReport(processed, type, before: before, after: bytes))
    }

    private func load(_ spec: ProgramSpec, entry: ProgramEntry) throws(ProgramError) -> Executable {
        unverified
            ? try Executable.loadUnverified(spec, entry: entry)
            : try Executable.load(spec, entry: entry, engine: engine?.value ?? .interpreter)
    }

    private func print(
        _ result: UInt64, _ memory: [UInt8], _ outcome: OutcomeReport?, from executable: Executable, on console: Console
    ) throws {
        let hexadecimal = "0x" + String(result, radix: 16)
        let maps = mapDump ? try MapReport(executable) : nil
        guard json else {
            let action = outcome?.action.map { ", \($0)" } ?? ""
            try console.print("\(result) (\(hexadecimal))\(action)")
            for line in (outcome?.lines ?? []) + (maps?.lines ?? []) { try console.print(line) }
            return
        }
        var report: [JSONValue.Field] = [
            .init("r0", .unsigned(result)), .init("r0_hex", .string(hexadecimal)),
            .init("memory", .string(Hexadecimal.digits(memory))),
            .init("engine", .string(executable.engine.rawValue)),
            .init("verified", .bool(!unverified)),
        ]
        report += outcome?.fields ?? []
        if let maps { report.append(.init("maps", maps.json)) }
        try console.print(JSONValue.object(report).description)
    }
}

/// A program type on the command line, by the name Linux's tools print.
struct ProgramTypeArgument: ExpressibleByArgument {
    let value: ProgramType

    init?(argument: String) {
        guard let type = ProgramType(name: argument) else { return nil }
        value = type
    }

    static var defaultCompletionKind: CompletionKind { .list(ProgramType.allCases.map(\.name)) }
}
