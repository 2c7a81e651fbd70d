import BPFModel
import TestKit
import Testing

/// Instructions and the slots they take.
@Suite struct SequenceTests {
    static let code: InstructionSequence = [
        .move(.r0, 0), .loadWide(.r1, .value(1)), .jump(1), .loadWide(.r2, .map(1)), .exit,
    ]

    @Test func slotsOfInstructions() {
        #expect(Self.code.count == 5)
        #expect(Self.code.slotCount == 7)
        #expect((0...5).map { Self.code.slot(of: $0) } == [0, 1, 3, 4, 6, 7])
        #expect((-1...8).map { Self.code.index(atSlot: $0) } == [nil, 0, 1, nil, 2, 3, nil, 4, nil, nil])
        #expect(Self.code.slots.count == 7)
        #expect(Self.code.bytes.count == 56)
    }

    @Test func targets() {
        // From the jump in slot 3, distances count from slot 4.
        #expect((-6...4).map { Self.code.target(of: $0, from: 2) } == [nil, nil, 0, 1, nil, 2, 3, nil, 4, nil, nil])
        #expect(Self.code.target(of: .max, from: 4) == nil)
        #expect(Self.code.target(of: .min, from: 0) == nil)
    }

    @Test func empty() throws {
        let code: InstructionSequence = []
        #expect(code.slotCount == 0)
        #expect(code.index(atSlot: 0) == nil)
        #expect(try InstructionSequence(decoding: [UInt8]()) == code)
    }

    @Test func randomPrograms() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<200 {
            let instructions = (0..<Int.random(in: 0..<50, using: &random)).map { _ in
                random.oneIn(3) ? Instruction.loadWide(.r1, .value(random.next())) : .exit
            }
            let code = InstructionSequence(instructions)
            #expect(Array(code) == instructions)
            #expect(code.slotCount == instructions.map(\.slotCount).reduce(0, +))
            let starts = Set(code.indices.map { code.slot(of: $0) })
            for slot in -1...(code.slotCount + 1) {
                let index = code.index(atSlot: slot)
                #expect((index != nil) == starts.contains(slot))
                if let index { #expect(code.slot(of: index) == slot) }
            }
        }
    }

    @Test func whereControlGoes() {
        #expect(Instruction.jump(-3).jumpOffset == -3)
        #expect(Instruction.longJump(1 << 20).jumpOffset == 1 << 20)
        #expect(Instruction.jump(if: .equal, .r0, 0, skip: 2).jumpOffset == 2)
        #expect(Instruction.call(.local(5)).jumpOffset == nil)
        let stops: [Instruction] = [.jump(0), .longJump(0), .exit]
        for (instruction, _) in EncodingTests.table {
            let isStop = stops.contains { $0.slots[0].opcode == instruction.slots[0].opcode }
            #expect(instruction.fallsThrough == !isStop, "\(instruction)")
        }
    }
}
