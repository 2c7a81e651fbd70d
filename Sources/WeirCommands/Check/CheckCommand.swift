internal import ArgumentParser
internal import Weir

/// `weir check`: whether programs are safe to run.
struct CheckCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify BPF programs.",
        discussion: """
            Each program is assembly, instructions of 8 bytes, or the same in hexadecimal. For a program that is safe one \
            line says what the proof took. For one that is refused two lines name the instruction and the claim that \
            could not be proved, and a third what to do where that is known; the exit status is 1.
            """)

    @Argument(help: "The programs; - is standard input.", completion: .file(extensions: ["s", "bin"]))
    var files: [String]

    @Option(help: "Verify as socket_filter, sched_cls or xdp; by default what the program says, or socket_filter.")
    var type: ProgramTypeArgument?

    @Flag(help: "Refuse what unprivileged loaders may not do: leak addresses, read stack before it is written.")
    var unprivileged = false

    @Flag(help: "Print JSON, an object for each program.")
    var json = false

    @Flag(help: "Print a table of what the proofs took.")
    var stats = false

    @Flag(name: .shortAndLong, help: "Print the path that leads to a refusal, and what the registers hold there.")
    var verbose = false

    func validate() throws {
        guard [json, stats, verbose].filter({ $0 }).count <= 1 else {
            throw ValidationError("--json, --stats and --verbose exclude each other")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        let verifier = Verifier(unprivileged ? .unprivileged : Verifier.Options())
        var status = CommandStatus.done
        var table = CheckReport.table
        var isTableEmpty = true
        for path in files {
            let report: CheckReport
            do {
                report = try check(path, with: verifier, on: console)
            } catch {
                // The other programs can still be verified.
                console.report("\(error)")
                status = .failed
                continue
            }
            if report.rejection != nil { status = .failed }
            if stats, report.addRow(to: &table) { isTableEmpty = false }
            let lines = json ? [report.json.description] : stats ? report.refusal : report.lines(verbose: verbose)
            for line in lines { try console.print(line) }
        }
        if !isTableEmpty { for line in table.lines { try console.print(line) } }
        return status
    }

    private func check(_ path: String, with verifier: Verifier, on console: Console) throws -> CheckReport {
        let file = ProgramFile(path: path)
        var spec = try file.spec(.socketFilter, on: console)
        if let type { spec.type = type.value }
        return CheckReport(file.name, spec, verifier)
    }
}
