internal import ArgumentParser
internal import Weir

/// The filter expression of a command: words on the command line, or a file.
struct ExpressionArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The expression, in the language of pcap-filter(7).", valueName: "expr"))
    var words: [String] = []

    @Option(
        name: [.customShort("F"), .customLong("expression-file")],
        help: ArgumentHelp("Read the expression from a file.", valueName: "file"), completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "The IPv4 mask of the captured network, which 'ip broadcast' needs: 255.255.255.0 or /24.",
            valueName: "mask"))
    var netmask: NetmaskArgument?

    @Flag(name: [.customShort("O"), .customLong("no-optimize")], help: "Leave the compiled program unoptimized.")
    var skipsOptimizer = false

    func validate() throws {
        guard words.isEmpty || file == nil else {
            throw ValidationError("the expression is given twice, as an argument and with -F")
        }
    }

    /// Whether an expression was given.
    var isGiven: Bool { !words.isEmpty || file != nil }

    /// The expression; nil where none was given.
    func expression(on console: Console) throws -> FilterExpression? {
        if let file { return FilterExpression(try InputFile(path: file).text(on: console)) }
        return words.isEmpty ? nil : FilterExpression(words: words)
    }
}
