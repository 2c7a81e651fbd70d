internal import ArgumentParser
internal import Weir

/// `weir disasm`: instructions to assembly.
struct DisasmCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "disasm",
        abstract: "Disassemble a BPF program.",
        discussion: """
            The program is instructions of 8 bytes, or the same in hexadecimal. What is printed, 'weir asm' reads back as \
            the same program.
            """)

    @Argument(help: "The program; - is standard input.", completion: .file(extensions: ["bin"]))
    var file: String?

    @Option(help: ArgumentHelp("The program itself, in hexadecimal.", valueName: "digits"))
    var hex: String?

    @Flag(help: "Print slot numbers and bytes before the instructions.")
    var bytes = false

    @Flag(help: "Print every slot as its fields, even where it is no instruction.")
    var raw = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (file == nil) != (hex == nil) else { throw ValidationError("a file or --hex is needed, and not both") }
        guard [bytes, raw, json].filter({ $0 }).count <= 1 else {
            throw ValidationError("--bytes, --raw and --json exclude each other")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        let slots = try slots(on: console)
        if raw {
            for (index, slot) in slots.enumerated() { try console.print(ProgramListing.fields(of: slot, at: index)) }
            return .done
        }
        let code: InstructionSequence
        do { code = try InstructionSequence(decoding: slots) } catch { throw CommandError.found(error, in: name) }
        if json {
            try console.print(ProgramListing(code).json.description)
        } else {
            var options = Disassembler.Options.readable
            options.slotNumbers = bytes
            options.bytes = bytes
            for line in Disassembler(options).lines(of: code) { try console.print(line) }
        }
        return .done
    }

    private var name: String {
        switch file {
        case nil: "--hex"
        case "-": "standard input"
        case .some(let file): file
        }
    }

    private func slots(on console: Console) throws -> [RawInstruction] {
        if let file { return try ProgramFile(path: file).slots(on: console) }
        guard let bytes = Hexadecimal.bytes(hex ?? "") else { throw CommandError.notHexadecimal("--hex") }
        do { return try RawInstruction.slots(of: bytes) } catch { throw CommandError.found(error, in: name) }
    }
}
