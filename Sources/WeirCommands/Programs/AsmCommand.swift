internal import ArgumentParser
internal import Weir

/// `weir asm`: assembly to instructions.
struct AsmCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "asm",
        abstract: "Assemble a BPF program.",
        discussion: """
            The assembly is LLVM's (r0 = *(u32 *)(r1 + 4)) or uBPF's (ldxw %r0, [%r1+4]). Every mistake is reported, with \
            its line and column. What is written is the instructions, 8 bytes each; maps are kept only by --format json.
            """)

    /// The forms a program is written in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case bin, hex, c, json
    }

    @Argument(help: "The assembly; - is standard input.", completion: .file(extensions: ["s"]))
    var file: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(help: "bin (default), hex (the default on a terminal), c (an array of struct bpf_insn) or json.")
    var format: Format?

    func run(on console: Console) throws -> CommandStatus {
        let input = InputFile(path: file)
        if let output { try input.refuse(output: output) }
        let program = try ProgramSpec(
            assembly: try input.text(on: console), source: file == "-" ? "standard input" : file)
        let bytes = Self.written(program, format ?? (output == nil && console.terminals.output ? .hex : .bin))
        if let output {
            let sink = try FileSink(path: output)
            try sink.write(bytes)
            try sink.finish()
        } else {
            try console.print(bytes)
        }
        return .done
    }

    private static func written(_ program: ProgramSpec, _ format: Format) -> [UInt8] {
        let text =
            switch format {
            case .bin: ""
            case .hex: program.code.slots.map { Hexadecimal.digits($0.bytes) + "\n" }.joined()
            case .c: ProgramListing(program.code).cArray
            case .json: "\(ProgramListing.json(program))\n"
            }
        return format == .bin ? program.code.bytes : Array(text.utf8)
    }
}
