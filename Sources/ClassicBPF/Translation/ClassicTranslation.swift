public import BPFModel

/// A classic program as eBPF, with the way back from its instructions to the classic ones.
public struct ClassicTranslation: Hashable, Sendable {
    /// The eBPF program, a socket filter; its low 32 bits of `r0` are the classic verdict.
    public let spec: ProgramSpec
    /// The classic program.
    public let source: ClassicProgram
    /// By whose rules it decides.
    public let dialect: ClassicDialect
    /// The slots before the first classic instruction's.
    public let prologue: Range<Int>
    /// For each classic instruction its slots; nil where no way leads to the instruction and nothing was made of it.
    public let slots: [Range<Int>?]
}

extension ClassicProgram {
    /// Translates the program to an eBPF socket filter that decides as ``ClassicEvaluator`` does in the same dialect.
    ///
    /// A lives in `r0`, X in `r7`, the context in `r6`, M[] on the stack. Packet loads become legacy loads, which end the program
    /// with 0 beyond the packet's end. Instructions no way leads to are left out, since eBPF verifiers refuse them.
    ///
    /// Fields of the context are taken as an engine shows them to socket filters. Two of them matter to `.libpcap`: `len` must be
    /// the length on the wire, and legacy loads must end at the captured length.
    ///
    /// - Parameters:
    ///   - dialect: by whose rules the program is checked and decides.
    ///   - name: the eBPF program's name.
    ///   - loopLimit: how many backward jumps a run may take before it ends with 0, or nil to refuse programs that have one.
    ///     Only libpcap's `protochain` makes them, each time at least 8 bytes further in the packet, so that 65536 never cuts
    ///     short a run on a packet of half a megabyte. Not every verifier proves such a loop.
    /// - Throws: ``ClassicTranslationError`` where the dialect refuses the program, or eBPF has no way to say it.
    public func translated(
        _ dialect: ClassicDialect, name: String = "", loopLimit: Int32? = nil
    ) throws(ClassicTranslationError) -> ClassicTranslation {
        do throws(ClassicRejection) { try check(dialect) } catch { throw .rejected(error) }
        let flow = try ClassicFlow(self, dialect)
        let blocks = try ClassicLowering(flow: flow, dialect: dialect, loopLimit: loopLimit).blocks()
        let layout = try ClassicLayout(blocks)
        var slots = [Range<Int>?](repeating: nil, count: instructions.count)
        for (position, block) in blocks.enumerated() {
            if let index = block.source { slots[index] = layout.starts[position]..<layout.starts[position + 1] }
        }
        return ClassicTranslation(
            spec: ProgramSpec(name: name, type: .socketFilter, code: InstructionSequence(layout.instructions)),
            source: self, dialect: dialect, prologue: 0..<layout.starts[1], slots: slots)
    }
}
