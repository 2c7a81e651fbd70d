internal import ArgumentParser

/// What a command says, and how.
struct DisplayArguments: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print no summary and no progress.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say which engine runs what.")
    var verbose = false

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("-q and -v exclude each other") }
    }
}
