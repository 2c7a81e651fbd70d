internal import Weir

/// A program in the forms that other programs read.
struct ProgramListing {
    private let code: InstructionSequence
    private let texts: [String]

    /// Takes the instructions to list.
    init(_ code: InstructionSequence) {
        self.code = code
        texts = Disassembler().lines(of: code)
    }

    /// Elements of an array of `struct bpf_insn`, a line for each slot.
    var cArray: String {
        rows.map { slot, text in
            "{ .code = 0x\(Hexadecimal.digits(slot.opcode)), .dst_reg = \(slot.destination), .src_reg = \(slot.source), "
                + ".off = \(slot.offset), .imm = \(slot.immediate) },"
                + (text.map { " /* \($0) */" } ?? "") + "\n"
        }.joined()
    }

    /// A list of slots with their fields; the text stands with the first slot of an instruction.
    var json: JSONValue {
        .array(
            rows.enumerated().map { index, row in
                [
                    "slot": .count(index), "opcode": .count(row.slot.opcode), "dst": .count(row.slot.destination),
                    "src": .count(row.slot.source), "off": .integer(Int64(row.slot.offset)),
                    "imm": .integer(Int64(row.slot.immediate)), "text": .optional(row.text),
                ]
            })
    }

    private var rows: [(slot: RawInstruction, text: String?)] {
        zip(code, texts).flatMap { instruction, text in
            instruction.slots.enumerated().map { (slot: $1, text: $0 == 0 ? text : nil) }
        }
    }

    /// A whole program: what it declares, and its instructions.
    static func json(_ program: ProgramSpec) -> JSONValue {
        [
            "name": .string(program.name), "type": .string(program.type.name), "license": .string(program.license),
            "maps": .array(
                program.maps.sorted { $0.key < $1.key }.map { number, map in
                    [
                        "number": .integer(Int64(number)), "name": .string(map.name), "type": .string(map.type.name),
                        "key_size": .count(map.keySize), "value_size": .count(map.valueSize),
                        "max_entries": .count(map.maxEntries), "flags": .count(map.flags.rawValue),
                    ]
                }),
            "instructions": ProgramListing(program.code).json,
        ]
    }

    /// A slot by its fields, whatever they mean.
    static func fields(of slot: RawInstruction, at index: Int) -> String {
        "\(index): \(Hexadecimal.digits(slot.bytes)) opcode=0x\(Hexadecimal.digits(slot.opcode)) "
            + "dst=\(slot.destination) src=\(slot.source) off=\(slot.offset) imm=\(slot.immediate)"
    }
}
