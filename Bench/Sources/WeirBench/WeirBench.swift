import ArgumentParser

/// Measurements of Weir against the running kernel, each a subcommand.
@main struct WeirBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weir-bench",
        abstract: "Measure Weir, where possible against the running kernel.",
        subcommands: [VerifyCommand.self, AdversariesCommand.self, MapsCommand.self])
}
