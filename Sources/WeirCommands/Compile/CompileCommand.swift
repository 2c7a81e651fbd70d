internal import ArgumentParser
internal import Weir

/// `weir compile`: a filter expression as classic BPF or as eBPF.
struct CompileCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Print the program that a filter expression is compiled to.",
        discussion: """
            With -d (the default), -dd and -ddd this prints exactly what tcpdump prints for the same expression. With \
            --ebpf it prints the program that runs over packets, as assembly that 'weir asm' reads. Without an \
            expression, it is the filter that keeps every packet.
            """)

    @OptionGroup var filter: ExpressionArguments

    @Option(
        name: [.customShort("y"), .long],
        help: ArgumentHelp("The link type of the packets, by libpcap's name or by number.", valueName: "name"))
    var linktype = LinkTypeArgument(.ethernet)

    @Option(
        name: [.customShort("s"), .long],
        help: ArgumentHelp("What the program returns for a match: how many bytes to keep.", valueName: "bytes"))
    var snaplen = 262_144

    @Flag(name: .customShort("d"), help: "Print assembly; given twice a C array, three times decimal numbers.")
    var listing: Int

    @Flag(help: "Print the eBPF program.")
    var ebpf = false

    @Flag(help: "Print both programs as JSON.")
    var json = false

    func validate() throws {
        guard listing <= 3 else { throw ValidationError("-d can be given up to three times, not \(listing) times") }
        guard [listing > 0, ebpf, json].filter({ $0 }).count <= 1 else {
            throw ValidationError("-d, --ebpf and --json exclude each other")
        }
    }

    func run(on console: Console) throws -> CommandStatus {
        let compiler = FilterCompiler(
            linkType: linktype.value, snapLength: snaplen, netmask: filter.netmask?.mask,
            optimizes: !filter.skipsOptimizer)
        let expression = try filter.expression(on: console) ?? ""
        let program = try compiler.compile(expression)
        if json {
            try console.print(description(of: program, from: expression).description)
        } else if ebpf {
            try console.print(Array(Disassembler(.readable).text(of: try program.translated(.libpcap).spec).utf8))
        } else {
            try console.print(Array(program.listing(style).utf8))
        }
        return .done
    }

    private var style: ClassicProgram.ListingStyle {
        switch listing {
        case 3: .decimal
        case 2: .cArray
        default: .assembly
        }
    }
}
