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
    var files: [String] = []

    @Option(help: "Verify as socket_filter, sched_cls or xdp; by default what the program says, or socket_filter.")
    var type: ProgramTypeArgument?

    @Flag(help: "Refuse what unprivileged loaders may not do, such as loops, calls and leaks of addresses.")
    var unprivileged = false

    @Flag(help: "Print JSON, an object for each program.")
    var json = false

    @Flag(help: "Print a table of what the proofs took.")
    var stats = false

    @Flag(name: .shortAndLong, help: "Print the path that leads to a refusal, with what is known on it.")
    var verbose = false

    @Option(
        help: """
            How much of that path --verbose and --json print: minimal (default), only what the refusal depends on, \
            or full.
            """)
    var path: ChoiceArgument<VerifierRejection.Path.Detail>?

    @Option(help: "Print what a reason of refusals means, with a program that is refused and how it is mended.")
    var explain: ChoiceArgument<VerifierRejection.Reason>?

    @Option(
        help: ArgumentHelp(
            "Write a packet on which the refused program does wrong to a pcap file, where one is found.",
            valueName: "file"), completion: .file())
    var counterexample: String?

    func validate() throws {
        guard counterexample == nil || files.count == 1 else {
            throw ValidationError("--counterexample takes one program")
        }
        guard [json, stats, verbose].filter({ $0 }).count <= 1 else {
            throw ValidationError("--json, --stats and --verbose exclude each other")
        }
        guard path == nil || verbose || json else { throw ValidationError("--path needs --verbose or --json") }
        guard files.isEmpty == (explain != nil) else {
            throw ValidationError("files are needed, or --explain and a reason")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        if let explain {
            try console.print(explain.value.explanation)
            return .done
        }
        let verifier = Verifier(unprivileged ? .unprivileged : Verifier.Options())
        var status = CommandStatus.done
        var table = CheckReport.table
        var isTableEmpty = true
        for file in files {
            var report: CheckReport
            do {
                report = try check(file, with: verifier, on: console)
            } catch {
                // The other programs can still be verified.
                console.report("\(error)")
                status = .failed
                continue
            }
            if report.rejection != nil { status = .failed }
            if let counterexample {
                report.counterexample = try CounterexampleFile.search(for: report, to: counterexample)
            }
            if stats, report.addRow(to: &table) { isTableEmpty = false }
            let detail = path?.value ?? .minimal
            let lines =
                json
                ? [report.json(detail).description]
                : stats ? report.refusal(nil) : report.lines(verbose ? detail : nil)
            for line in lines { try console.print(line) }
        }
        if !isTableEmpty { for line in table.lines { try console.print(line) } }
        return status
    }

    private func check(_ path: String, with verifier: Verifier, on console: Console) throws -> CheckReport {
        if let counterexample { try InputFile(path: path).refuse(output: counterexample) }
        var program = try ProgramFile(path: path).program(.socketFilter, on: console)
        if let type { program.spec.type = type.value }
        return CheckReport(program, verifier)
    }
}
