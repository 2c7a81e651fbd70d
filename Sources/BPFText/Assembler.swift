public import BPFModel

/// Reads programs written as text, in LLVM's syntax, in uBPF's, or both mixed.
///
///     .name   count_ipv6
///     .type   socket_filter
///     .map    hits array key 4 value 8 entries 1
///     .equ    ETH_P_IPV6, 0x86dd
///             r6 = r1
///             r0 = *(u16 *)skb[12]          # the EtherType
///             if r0 != ETH_P_IPV6 goto drop
///             *(u32 *)(r10 - 4) = 0
///             r1 = map hits
///             r2 = r10
///             r2 += -4
///             call bpf_map_lookup_elem
///             if r0 == 0 goto drop
///             r1 = 1
///             lock *(u64 *)(r0 + 0) += r1
///     drop:   r0 = 0
///             exit
///
/// A map's `key` and `value` may say what the bytes are, for people: `key (source ipv4, port port) value u64`.
///
/// Lines end statements, and so does `;`. `#` and `//` start comments, `/* */` encloses them, and a line that starts
/// with `;` is one. Numbers are decimal or `0x` hexadecimal; a 32-bit immediate is given signed or as its bits, so
/// that `r1 = 0xffffffff` is `r1 = -1`. The fields of contexts are predefined constants: `r2 = *(u32 *)(r1 +
/// xdp_md.data)`. A jump to `exit` goes to the first exit instruction where no label is called so.
///
/// The mnemonics of uBPF's syntax may stand in any line: `ldxdw r0, [r1+4]`, `jne32 r0, 5, drop`, `lock fetch add
/// [r1], r2`; registers may be written `%r0`. Listings of LLVM's, of the kernel and of ``Disassembler`` are read
/// too: slot numbers, opcodes and bytes before an instruction are skipped.
public enum Assembler {
    /// Reads a program.
    ///
    /// - Parameters:
    ///   - text: the whole text.
    ///   - source: what messages call the text, such as its file's name; may be empty.
    ///   - type: what the program attaches to where the text has no `.type`.
    /// - Throws: ``AssemblyError`` with the first mistakes.
    public static func assemble(
        _ text: String, source: String = "", type: ProgramType = .socketFilter
    ) throws(AssemblyError) -> AssembledProgram {
        let (draft, mistakes) = Parser.parse(text)
        var resolver = Resolver(draft)
        let instructions = resolver.instructions(limit: AssemblyError.limit - mistakes.count)
        let problems = mistakes + resolver.problems
        guard problems.isEmpty else { throw AssemblyError(source: source, problems: problems) }
        let spec = ProgramSpec(
            name: draft.name ?? "", type: draft.type ?? type, license: draft.license ?? "GPL",
            code: InstructionSequence(instructions), maps: resolver.numberedMaps)
        return AssembledProgram(
            spec: spec, source: source, labels: draft.labels.mapValues(\.slot), lines: draft.lines.map(\.position.line))
    }
}

/// A program read from a text, with what ties it to the text.
public struct AssembledProgram: Hashable, Sendable {
    /// The program.
    public let spec: ProgramSpec
    /// What messages call the text; may be empty.
    public let source: String
    /// The slots labels stand before; the program's slot count for labels at its end.
    public let labels: [String: Int]
    /// For each instruction the line of the text it is in, from 1.
    public let lines: [Int]

    /// The instructions.
    public var code: InstructionSequence { spec.code }
}

extension ProgramSpec {
    /// Reads a program from a text; ``Assembler`` describes the language.
    ///
    /// - Throws: ``AssemblyError`` with the first mistakes.
    public init(assembly text: String, source: String = "", type: ProgramType = .socketFilter) throws(AssemblyError) {
        self = try Assembler.assemble(text, source: source, type: type).spec
    }
}
