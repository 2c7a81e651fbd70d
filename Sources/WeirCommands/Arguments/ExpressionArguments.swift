internal import ArgumentParser
internal import Weir

/// The filter expression of a command: words on the command line, or a file.
struct ExpressionArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The expression, in the language of pcap-filter(7).", valueName: "expr"))
    var words: [String] = []

    @Option(
        name: [.customShort("F"), .customLong("expression-file")],
        help: ArgumentHelp("Read the expression from a file, where # begins a comment.", valueName: "file"),
        completion: .file())
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
        if let file { return FilterExpression(withoutComments(try InputFile(path: file).text(on: console))) }
        return words.isEmpty ? nil : FilterExpression(words: words)
    }

    /// Blanks what follows a `#` on its line, as tcpdump does, so that offsets stay what they are in the file.
    private func withoutComments(_ text: String) -> String {
        var inComment = false
        let bytes = text.utf8.map { byte -> UInt8 in
            inComment = byte == UInt8(ascii: "#") || inComment && byte != UInt8(ascii: "\n")
            return inComment ? UInt8(ascii: " ") : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
