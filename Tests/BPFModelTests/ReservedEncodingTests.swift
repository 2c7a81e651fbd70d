import BPFModel
import TestKit
import Testing

/// Everything RFC 9669 reserves is refused, everything it assigns decodes: all opcodes, all variants of fields.
@Suite struct ReservedEncodingTests {
    static let registers: [UInt8] = Array(0...15)
    static let offsets: [Int16] = [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 64, -1, .min, .max]
    static let immediates: [Int32] =
        Array(0...0x120) + [-1, .min, .max, 0x1000, 0x10000, 0x0100_0000, 0x1000_0000]

    private func decodes(_ raw: RawInstruction) -> Bool {
        let isWide = raw.opcode == 0x18
        return (try? InstructionSequence(decoding: isWide ? [raw, RawInstruction(opcode: 0)] : [raw])) != nil
    }

    private func check(_ raw: RawInstruction) {
        let expected = EncodingRule.byOpcode[raw.opcode]?.admits(raw) ?? false
        if decodes(raw) != expected { Issue.record("\(raw): must \(expected ? "" : "not ")decode") }
    }

    /// Registers among each other, and numbers among each other, for every opcode.
    @Test(arguments: 0...255) func everyOpcode(number: Int) {
        let opcode = UInt8(number)
        // The numbers an opcode wants, so that other fields are what decides.
        let rule = EncodingRule.byOpcode[opcode]
        let goodOffset = Int16(rule?.offset.first ?? 0)
        let goodImmediate = rule?.immediate.first ?? 0
        for destination in Self.registers {
            for source in Self.registers {
                check(
                    RawInstruction(
                        opcode: opcode, destination: destination, source: source, offset: goodOffset,
                        immediate: goodImmediate))
            }
        }
        for offset in Self.offsets {
            check(RawInstruction(opcode: opcode, offset: offset, immediate: goodImmediate))
            for immediate in Self.immediates where offset == goodOffset || immediate < 2 {
                check(RawInstruction(opcode: opcode, offset: offset, immediate: immediate))
            }
        }
    }

    @Test func tableAndRulesHaveTheSameOpcodes() {
        let table = Set(InstructionSpec.all.map(\.opcode))
        #expect(table == Set(EncodingRule.byOpcode.keys))
        #expect(table.count == InstructionSpec.all.count, "an opcode has two rows")
        for opcode in UInt8.min ... .max {
            #expect(InstructionSpec.row(of: opcode)?.opcode == (table.contains(opcode) ? opcode : nil))
        }
    }

    /// The second slot of a wide load has nothing but its number, and some kinds not even that.
    @Test(arguments: UInt8(0)...7) func wideLoads(kind: UInt8) {
        let first = RawInstruction(opcode: 0x18, destination: 1, source: kind, immediate: 5)
        func decodes(_ second: RawInstruction) -> Bool {
            (try? InstructionSequence(decoding: [first, second])) != nil
        }
        let isKind = kind <= 6
        let usesBoth: Set<UInt8> = [0, 2, 3, 6]
        #expect(decodes(RawInstruction(opcode: 0)) == isKind)
        #expect(decodes(RawInstruction(opcode: 0, immediate: 9)) == usesBoth.contains(kind))
        for opcode in UInt8(1) ... .max { #expect(!decodes(RawInstruction(opcode: opcode))) }
        for register in UInt8(1)...15 {
            #expect(!decodes(RawInstruction(opcode: 0, destination: register)))
            #expect(!decodes(RawInstruction(opcode: 0, source: register)))
        }
        for offset in Self.offsets where offset != 0 { #expect(!decodes(RawInstruction(opcode: 0, offset: offset))) }
        #expect((try? InstructionSequence(decoding: [first])) == nil)
    }

    /// Exact texts.
    @Test(arguments: [
        ("00", "slot 0: program has 1 bytes, which is not a multiple of 8"),
        ("9500000000000000ff", "slot 1: program has 9 bytes, which is not a multiple of 8"),
        ("0000000000000000", "slot 0: unknown opcode 0x00"),
        ("9500000000000000fd00000000000000", "slot 1: unknown opcode 0xfd"),
        ("8d03000000000000", "slot 0: unknown opcode 0x8d"),
        ("0700000005000000071000000500000095", "slot 2: program has 17 bytes, which is not a multiple of 8"),
        ("0710000005000000", "slot 0: source field of opcode 0x07 is 1, must be 0"),
        ("0700010005000000", "slot 0: offset field of opcode 0x07 is 1, must be 0"),
        ("0f00000005000000", "slot 0: immediate field of opcode 0x0f is 5, must be 0"),
        ("9501000000000000", "slot 0: destination field of opcode 0x95 is 1, must be 0"),
        ("8530000005000000", "slot 0: source field of opcode 0x85 is 3, must be 0 to 2"),
        ("1870000000000000", "slot 0: source field of opcode 0x18 is 7, must be 0 to 6"),
        ("3700020005000000", "slot 0: offset field of opcode 0x37 is 2, must be one of 0, 1"),
        ("bc00200000000000", "slot 0: offset field of opcode 0xbc is 32, must be one of 0, 8, 16"),
        ("d400000008000000", "slot 0: immediate field of opcode 0xd4 is 8, must be one of 16, 32, 64"),
        (
            "cb00000000000000", "slot 0: immediate field of opcode 0xcb is 0, must be one of 256, 272"
        ),
        (
            "db000000e0000000",
            "slot 0: immediate field of opcode 0xdb is 224, "
                + "must be one of 0, 64, 80, 160, 1, 65, 81, 161, 225, 241, 256, 272"
        ),
        ("070b000005000000", "slot 0: destination register r11 does not exist, the last is r10"),
        ("0ff0000000000000", "slot 0: source register r15 does not exist, the last is r10"),
        ("1801000005000000", "slot 0: 64-bit immediate load needs a second slot, but the program ends"),
        (
            "18010000050000000100000000000000",
            "slot 1: opcode field of the second slot of a 64-bit immediate load is 1, must be 0"
        ),
        (
            "18010000050000000000feff00000000",
            "slot 1: offset field of the second slot of a 64-bit immediate load is -2, must be 0"
        ),
        (
            "18110000050000000000000007000000",
            "slot 1: immediate field of the second slot of a 64-bit immediate load is 7, must be 0"
        ),
    ])
    func message(hex: String, text: String) throws {
        let bytes = try #require([UInt8](hex: hex))
        let error = #expect(throws: DecodeError.self) { try InstructionSequence(decoding: bytes) }
        #expect(error?.description == text)
    }
}
