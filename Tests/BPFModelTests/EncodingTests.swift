import BPFModel
import TestKit
import Testing

/// Instructions and their bytes, both ways.
@Suite struct EncodingTests {
    /// One instruction of each form, and its bytes.
    static let table: [(Instruction, String)] = [
        (.alu(.add, .r1, 5), "0701000005000000"),
        (.alu32(.sub, .r1, .register(.r2)), "1c21000000000000"),
        (.alu(.sdiv, .r3, -2), "37030100feffffff"),
        (.alu32(.smod, .r3, .register(.r4)), "9c43010000000000"),
        (.move(.r10, .register(.r9)), "bf9a000000000000"),
        (.alu32(.arsh, .r0, 31), "c40000001f000000"),
        (.negate(.double, .r1), "8701000000000000"),
        (.negate(.word, .r1), "8401000000000000"),
        (.moveSignExtended(.bits8, .double, .r1, .r2), "bf21080000000000"),
        (.moveSignExtended(.bits32, .double, .r1, .r2), "bf21200000000000"),
        (.moveSignExtended(.bits16, .word, .r1, .r2), "bc21100000000000"),
        (.byteSwap(.littleEndian, .bits16, .r1), "d401000010000000"),
        (.byteSwap(.bigEndian, .bits32, .r1), "dc01000020000000"),
        (.byteSwap(.swap, .bits64, .r1), "d701000040000000"),
        (.load(.byte, .r0, .r1, -1), "7110ffff00000000"),
        (.load(.double, .r0, .r10, -8), "79a0f8ff00000000"),
        (.load(.half, signExtended: true, .r2, base: .r3, offset: 256), "8932000100000000"),
        (.store(.byte, .r1, 1, 0x12), "7201010012000000"),
        (.store(.word, .r10, -4, -1), "620afcffffffffff"),
        (.store(.half, .r1, 2, .register(.r2)), "6b21020000000000"),
        (.atomic(.modify(.add, fetch: false), .word, base: .r1, offset: 4, source: .r2), "c321040000000000"),
        (.atomic(.modify(.or, fetch: true), .double, base: .r1, offset: 8, source: .r2), "db21080041000000"),
        (.atomic(.modify(.and, fetch: false), .double, base: .r1, offset: 8, source: .r2), "db21080050000000"),
        (.atomic(.modify(.xor, fetch: true), .word, base: .r1, offset: 8, source: .r2), "c3210800a1000000"),
        (.atomic(.exchange, .double, base: .r1, offset: 0, source: .r2), "db210000e1000000"),
        (.atomic(.compareExchange, .word, base: .r1, offset: 0, source: .r2), "c3210000f1000000"),
        (.loadAcquire(.byte, .r1, base: .r2, offset: 3), "d321030000010000"),
        (.storeRelease(.half, base: .r1, offset: 2, source: .r2), "cb21020010010000"),
        (.loadWide(.r1, .value(0x1122_3344_5566_7788)), "18010000887766550000000044332211"),
        (.loadWide(.r1, .map(3)), "18110000030000000000000000000000"),
        (.loadWide(.r1, .mapValue(3, offset: 8)), "18210000030000000000000008000000"),
        (.loadWide(.r1, .variable(3, module: 8)), "18310000030000000000000008000000"),
        (.loadWide(.r1, .function(-3)), "18410000fdffffff0000000000000000"),
        (.loadWide(.r1, .mapIndex(3)), "18510000030000000000000000000000"),
        (.loadWide(.r1, .mapIndexValue(3, offset: -1)), "186100000300000000000000ffffffff"),
        (.loadPacket(at: 12, .half), "280000000c000000"),
        (.loadPacket(.word, .indirect(.r7, -4)), "40700000fcffffff"),
        (.jump(-2), "0500feff00000000"),
        (.longJump(70000), "0600000070110100"),
        (.jump(if: .signedLess, .r1, -1, skip: 3), "c5010300ffffffff"),
        (.jump32(if: .bitsSet, .r1, .register(.r2), skip: -3), "4e21fdff00000000"),
        (.call(helper: 26), "850000001a000000"),
        (.call(.local(-3)), "85100000fdffffff"),
        (.call(.platform(77)), "852000004d000000"),
        (.exit, "9500000000000000"),
    ]

    @Test func bytesOfInstructions() throws {
        for (instruction, hex) in Self.table {
            let code: InstructionSequence = [instruction]
            #expect(code.bytes.hex == hex, "\(instruction)")
            #expect(try Array(InstructionSequence(decoding: [UInt8](hex: hex) ?? [])) == [instruction])
            #expect(instruction.slotCount == hex.count / 16)
        }
    }

    /// Every opcode, with fields made at random: what decodes encodes to what it was.
    @Test(arguments: UInt64(0)..<8) func decodingThenEncoding(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var decoded: Set<UInt8> = []
        for _ in 0..<20_000 {
            let slots = random.slots()
            guard let code = try? InstructionSequence(decoding: slots) else { continue }
            decoded.insert(slots[0].opcode)
            if code.slots != slots { Issue.record("seed \(seed): \(slots)") }
            let again = try InstructionSequence(decoding: code.bytes)
            if again != code { Issue.record("seed \(seed): \(slots)") }
        }
        #expect(decoded == Set(InstructionSpec.all.map(\.opcode)), "opcodes that never decoded")
    }

    /// Random bytes are a program or an error, and a program is the bytes.
    @Test(arguments: UInt64(0)..<4) func randomBytes(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20_000 {
            let bytes = random.bytes(Int.random(in: 0...40, using: &random))
            if let code = try? InstructionSequence(decoding: bytes), code.bytes != bytes {
                Issue.record("seed \(seed): \(bytes.hex)")
            }
        }
    }

    @Test func slotsAreLittleEndianWords() throws {
        let raw = RawInstruction(opcode: 0x61, destination: 3, source: 10, offset: -2, immediate: 0x0102_0304)
        #expect(raw.bytes.hex == "61a3feff04030201")
        #expect(raw.word == 0x0102_0304_fffe_a361)
        #expect(RawInstruction(word: raw.word) == raw)
        #expect(try RawInstruction.slots(of: raw.bytes + raw.bytes) == [raw, raw])
        #expect(RawInstruction(opcode: 0, destination: 0x1f, source: 0x2e).bytes.hex == "00ef000000000000")
    }
}

extension SeededRandom {
    /// One or two slots whose fields are often right for their opcode, and often wrong.
    fileprivate mutating func slots() -> [RawInstruction] {
        let opcode = oneIn(8) ? UInt8.random(in: .min ... .max, using: &self) : pick(InstructionSpec.all).opcode
        let row = InstructionSpec.row(of: opcode)
        let raw = RawInstruction(
            opcode: opcode, destination: oneIn(3) ? 0 : UInt8.random(in: 0...11, using: &self),
            source: oneIn(2) ? 0 : UInt8.random(in: 0...11, using: &self), offset: offset(row),
            immediate: immediate(row))
        guard opcode == 0x18 else { return [raw] }
        return [raw, RawInstruction(opcode: 0, immediate: oneIn(2) ? 0 : Int32(truncatingIfNeeded: next()))]
    }

    private mutating func offset(_ row: InstructionSpec?) -> Int16 {
        if oneIn(2) { return 0 }
        if case .oneOf(let values) = row?.offset { return Int16(pick(values)) }
        return Int16.random(in: .min ... .max, using: &self)
    }

    private mutating func immediate(_ row: InstructionSpec?) -> Int32 {
        if case .oneOf(let values) = row?.immediate, !oneIn(4) { return pick(values) }
        return oneIn(2) ? 0 : Int32(truncatingIfNeeded: next())
    }
}
