import BPFExecution
import BPFModel
import TestKit
import Testing

/// Legacy packet loads: sizes, offsets, ends of packets, and every comparison joined with them.
@Suite struct PacketLoadTests {
    private static let packet: [UInt8] = (0..<40).map { UInt8(truncatingIfNeeded: $0 * 7 + 0x81) }

    private static func word(_ offset: Int, _ size: MemorySize) -> UInt64 {
        packet[offset..<offset + size.bytes].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let sizes: [MemorySize] = [.byte, .half, .word]

    @Test(arguments: Engine.allCases, sizes)
    func offsets(engine: Engine, size: MemorySize) throws {
        for offset in -3..<45 {
            let inside = offset >= 0 && offset + size.bytes <= Self.packet.count
            let expected = Outcome.returned(inside ? Self.word(offset, size) : 0)
            let absolute: InstructionSequence = [
                .move(.r6, .register(.r1)), .loadPacket(size, .absolute(Int32(offset))), .exit,
            ]
            #expect(try engine.run(absolute, packet: Self.packet) == expected, "\(offset)")
            let indirect: InstructionSequence = [
                .move(.r6, .register(.r1)), .move(.r7, -10), .loadPacket(size, .indirect(.r7, Int32(offset + 10))),
                .exit,
            ]
            #expect(try engine.run(indirect, packet: Self.packet) == expected, "\(offset)")
        }
    }

    @Test(arguments: Engine.allCases)
    func extremeOffsets(engine: Engine) throws {
        for offset in [Int32.max, .min, .max - 3, -0x20_0001, -0x30_0000] {
            for size in Self.sizes {
                let code: InstructionSequence = [
                    .move(.r6, .register(.r1)), .move(.r7, 1), .loadPacket(size, .absolute(offset)), .move(.r0, 5),
                    .exit,
                ]
                #expect(try engine.run(code, packet: Self.packet) == .returned(0))
                let indirect: InstructionSequence = [
                    .move(.r6, .register(.r1)), .move(.r7, .immediate(.max)),
                    .loadPacket(size, .indirect(.r7, offset &- .max)), .move(.r0, 5), .exit,
                ]
                #expect(try engine.run(indirect, packet: Self.packet) == .returned(0))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func headerOffsets(engine: Engine) throws {
        func load(_ offset: Int32, _ size: MemorySize, network: UInt32 = 14) throws -> Outcome {
            var metadata = PacketMetadata()
            metadata.networkOffset = network
            let code: InstructionSequence = [
                .move(.r6, .register(.r1)), .loadPacket(size, .absolute(offset)), .exit,
            ]
            return try engine.run(code, packet: Self.packet, metadata: metadata)
        }
        #expect(try load(-0x10_0000, .word) == .returned(Self.word(14, .word)))
        #expect(try load(-0x10_0000 + 22, .word) == .returned(Self.word(36, .word)))
        #expect(try load(-0x10_0000 + 23, .word) == .returned(0))
        #expect(try load(-0x10_0000, .half, network: 3) == .returned(Self.word(3, .half)))
        #expect(try load(-0x10_0000, .byte, network: 1000) == .returned(0))
        #expect(try load(-0x20_0000, .byte) == .returned(Self.word(0, .byte)))
        #expect(try load(-0x20_0000 + 38, .half) == .returned(Self.word(38, .half)))
        #expect(try load(-0x20_0000 + 39, .half) == .returned(0))
    }

    @Test(arguments: Engine.allCases, BranchCondition.allCases)
    func comparisons(engine: Engine, condition: BranchCondition) throws {
        for size in Self.sizes {
            let value = Self.word(8, size)
            let near = [Int32(truncatingIfNeeded: value), Int32(truncatingIfNeeded: value &- 1), 0, 1, -1, .max, .min]
            for constant in near {
                for (width, place) in [
                    (Width.word, PacketOffset.absolute(8)), (.double, .absolute(8)), (.word, .indirect(.r7, 3)),
                    (.double, .indirect(.r7, 3)),
                ] {
                    let code: InstructionSequence = [
                        .move(.r6, .register(.r1)), .move(.r7, 5), .loadPacket(size, place),
                        .branch(condition, width, .r0, .immediate(constant), offset: 1), .alu(.add, .r0, 1), .exit,
                    ]
                    let taken = condition.holds(value, UInt64(bitPattern: Int64(constant)), width: width)
                    #expect(
                        try engine.run(code, packet: Self.packet) == .returned(taken ? value : value + 1),
                        "\(size) \(width) \(constant) \(place)")
                    #expect(try engine.run(code, packet: Array(Self.packet.prefix(8))) == .returned(0))
                }
            }
        }
    }

    /// A word that is masked and compared, as networks are; offsets above 255 don't fit the joined operation.
    @Test(arguments: Engine.allCases, [6, 252, 255, 256, 300, 597] as [Int32])
    func networks(engine: Engine, offset: Int32) throws {
        let packet = (0..<600).map { UInt8(truncatingIfNeeded: $0 * 7 + 0x81) }
        let value = packet[Int(offset)..<min(600, Int(offset) + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        for mask in [0xff00_0000, 0xffff_fff0, 0, 0xffff_ffff] as [UInt32] {
            for (constant, condition) in [
                (value & mask, BranchCondition.equal), (value & mask, .notEqual), (value & mask ^ 0x0100_0000, .equal),
                (value & mask ^ 0x0100_0000, .notEqual),
            ] {
                let code: InstructionSequence = [
                    .move(.r6, .register(.r1)), .loadPacket(at: offset, .word),
                    .alu32(.and, .r0, .immediate(Int32(bitPattern: mask))),
                    .jump32(if: condition, .r0, .immediate(Int32(bitPattern: constant)), skip: 1), .alu(.add, .r0, 1),
                    .exit,
                ]
                let taken = condition.holds(UInt64(value & mask), UInt64(constant), width: .word)
                let expected = offset + 4 > 600 ? 0 : UInt64(value & mask) + (taken ? 0 : 1)
                #expect(try engine.run(code, packet: packet) == .returned(expected))
                #expect(try engine.run(code, packet: Array(packet.prefix(Int(offset) + 3))) == .returned(0))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func headerLengths(engine: Engine) throws {
        let steps: [Instruction] = [
            .move(.r6, .register(.r1)), .loadPacket(at: 3, .byte), .alu32(.and, .r0, 0xf), .alu32(.lsh, .r0, 2),
            .alu32(.mov, .r7, .register(.r0)),
        ]
        let value = UInt64(Self.packet[3] & 0xf)
        #expect(try engine.run(InstructionSequence(steps.prefix(3) + [.exit]), packet: Self.packet) == .returned(value))
        #expect(
            try engine.run(InstructionSequence(steps.prefix(4) + [.exit]), packet: Self.packet) == .returned(value * 4))
        let both: [Instruction] = [.alu(.lsh, .r7, 32), .alu(.or, .r0, .register(.r7)), .exit]
        #expect(
            try engine.run(InstructionSequence(steps + both), packet: Self.packet)
                == .returned(value * 4 | (value * 4) << 32))
        #expect(try engine.run(InstructionSequence(steps + both), packet: [1, 2, 3]) == .returned(0))
    }
}
