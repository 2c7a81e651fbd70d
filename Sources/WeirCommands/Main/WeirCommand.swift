internal import ArgumentParser
internal import Weir

/// The root of the command line.
struct WeirCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "Filter, count and inspect packets with verified BPF programs.",
        discussion: """
            Packets come from capture files or standard input. Filters are tcpdump's expressions or BPF programs of \
            your own; either way they are verified once and then run without checks.

            Exit status: 0 done, 1 error, 2 wrong usage, 130 interrupted.
            """,
        version: "weir \(WeirVersion.current)",
        subcommands: [
            FilterCommand.self, FlowsCommand.self, CompileCommand.self, AsmCommand.self, DisasmCommand.self,
            RunCommand.self, CheckCommand.self,
        ])
}
