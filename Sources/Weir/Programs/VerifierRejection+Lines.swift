public import BPFModel
public import BPFText
public import BPFVerifier

extension VerifierRejection {
    /// What the rejection says: the instruction in assembly, the claim that failed, and advice where there is one.
    public var lines: [String] {
        let disassembler = Disassembler(.readable, naming: program)
        return lines { disassembler.text(of: $0) }
    }
}

extension Disassembler {
    /// Prints with the given options, and with the names of a program's maps.
    public init(_ options: Options, naming program: ProgramSpec) {
        self.init(options)
        self.options.mapNames = program.maps.compactMapValues { $0.name.isEmpty ? nil : $0.name }
    }
}
