public import BPFModel

/// A program as data for people and machines: every instruction with its text, and the eBPF made of it.
///
///     let report = ClassicReport(translation) { slot, instruction in disassembler.text(of: instruction, at: slot) }
public struct ClassicReport: Hashable, Sendable, Codable {
    /// One classic instruction.
    public struct Row: Hashable, Sendable, Codable {
        /// The instruction's number, from 0.
        public var index: Int
        /// The instruction as `tcpdump -d` prints it, without number and trailing spaces.
        public var text: String
        /// The operation code.
        public var code: UInt16
        /// Instructions to skip when a branch's condition holds.
        public var jt: UInt8
        /// Instructions to skip when it doesn't.
        public var jf: UInt8
        /// The constant.
        public var k: UInt32
    }

    /// One eBPF instruction.
    public struct SlotRow: Hashable, Sendable, Codable {
        /// The slot, from 0.
        public var slot: Int
        /// The instruction in assembly.
        public var text: String
        /// The classic instruction it was made for; absent in the prologue.
        public var source: Int?
    }

    /// The classic instructions, in order.
    public var instructions: [Row]
    /// The eBPF instructions, in order; absent where nothing was translated.
    public var ebpf: [SlotRow]?

    /// Reports a program alone.
    public init(_ program: ClassicProgram) {
        instructions = program.instructions.enumerated().map { index, instruction in
            let text = instruction.listing(at: index).drop { $0 != ")" }.dropFirst(2)
            return Row(
                index: index, text: String(text.reversed().drop { $0 == " " }.reversed()), code: instruction.code,
                jt: instruction.jt, jf: instruction.jf, k: instruction.k)
        }
    }

    /// Reports a program and its translation, whose instructions `disassemble` puts into words.
    public init(_ translation: ClassicTranslation, disassemble: (_ slot: Int, _ instruction: Instruction) -> String) {
        self.init(translation.source)
        let sources = translation.sources
        ebpf = translation.spec.code.enumerated().map { slot, instruction in
            SlotRow(slot: slot, text: disassemble(slot, instruction), source: sources[slot])
        }
    }
}

extension ClassicTranslation {
    /// For each slot the classic instruction it was made for; nil in the prologue.
    public var sources: [Int?] {
        var sources = [Int?](repeating: nil, count: spec.code.slotCount)
        for (index, range) in slots.enumerated() {
            for slot in range ?? 0..<0 { sources[slot] = index }
        }
        return sources
    }

    /// The eBPF below the classic instructions it was made for, in lines that end with a line feed.
    ///
    /// Classic lines are those of `tcpdump -d`; those no way leads to say so. eBPF lines are indented and start with the slot.
    public func listing(disassemble: (_ slot: Int, _ instruction: Instruction) -> String) -> String {
        func lines(_ range: Range<Int>) -> String {
            range.map { "      \($0): \(disassemble($0, spec.code[$0]))\n" }.joined()
        }
        var text = lines(prologue)
        for (index, instruction) in source.instructions.enumerated() {
            text += instruction.listing(at: index)
            text += slots[index].map { "\n" + lines($0) } ?? "    ; never reached\n"
        }
        return text
    }
}
