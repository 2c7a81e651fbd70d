import BPFExecution
import BPFModel
import Testing

/// Loads, stores and atomic operations of every size, on both engines.
@Suite struct MemoryTests {
    private static let bytes: [UInt8] = [0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x11, 0x22, 0x33, 0x44]

    private static func word(_ offset: Int, _ size: MemorySize) -> UInt64 {
        (0..<size.bytes).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    @Test(arguments: Engine.allCases, MemorySize.allCases)
    func loads(engine: Engine, size: MemorySize) throws {
        for offset in 0...4 {
            var memory = Self.bytes
            let value = Self.word(offset, size)
            let plain: InstructionSequence = [.load(size, .r0, .r1, Int16(offset)), .exit]
            #expect(try engine.run(plain, memory: &memory) == .returned(value))
            if size == .double { continue }
            let signed: InstructionSequence = [
                .load(size, signExtended: true, .r0, base: .r1, offset: Int16(offset)), .exit,
            ]
            let shift = UInt64(64 - size.bits)
            let extended = UInt64(bitPattern: Int64(bitPattern: value << shift) >> Int64(shift))
            #expect(try engine.run(signed, memory: &memory) == .returned(extended))
        }
    }

    @Test(arguments: Engine.allCases, MemorySize.allCases)
    func stores(engine: Engine, size: MemorySize) throws {
        for offset in 0...4 {
            for operand in [Operand.immediate(-2), .register(.r3)] {
                var memory = Self.bytes
                let code: InstructionSequence = [
                    .loadWide(.r3, .value(0xffff_ffff_ffff_fffe)), .store(size, .r1, Int16(offset), operand),
                    .load(size, .r0, .r1, Int16(offset)), .exit,
                ]
                let mask = UInt64.max >> UInt64(64 - size.bits)
                #expect(try engine.run(code, memory: &memory) == .returned(~1 & mask))
                var expected = Self.bytes
                for index in 0..<size.bytes { expected[offset + index] = index == 0 ? 0xfe : 0xff }
                #expect(memory == expected)
            }
        }
    }

    @Test(arguments: Engine.allCases, AtomicOperation.allCases)
    func atomics(engine: Engine, operation: AtomicOperation) throws {
        for width in Width.allCases {
            let size: MemorySize = width == .word ? .word : .double
            let mask = UInt64.max >> UInt64(64 - size.bits)
            for (old, operand, r0) in [
                (0x1122_3344_5566_7788, 0xf0f0_f0f0_f0f0_f0f1, 0), (5, 9, 5), (.max, 1, .max),
                (0x1_0000_0005, 2, 0xf_0000_0005),
            ] as [(UInt64, UInt64, UInt64)] {
                let code: InstructionSequence = [
                    .loadWide(.r2, .value(old)), .loadWide(.r3, .value(operand)), .loadWide(.r0, .value(r0)),
                    .store(.double, .r10, -8, .register(.r2)),
                    .atomic(operation, width, base: .r10, offset: -8, source: .r3),
                    .load(.double, .r4, .r10, -8),
                    .store(.double, .r1, 0, .register(.r3)), .store(.double, .r1, 8, .register(.r4)), .exit,
                ]
                var memory = [UInt8](repeating: 0, count: 16)
                let result = try engine.run(code, memory: &memory)
                let found = (0..<2).map { half in
                    (0..<8).reduce(UInt64(0)) { $0 | UInt64(memory[half * 8 + $1]) << UInt64(8 * $1) }
                }
                let seen = old & mask
                var stored = seen
                var source = operand
                var expectedR0 = r0
                switch operation {
                case .modify(let combination, let fetch):
                    stored = combination.operation.apply(old, operand, width: width)
                    if fetch { source = seen }
                case .exchange:
                    stored = operand & mask
                    source = seen
                case .compareExchange:
                    if seen == r0 & mask { stored = operand & mask }
                    expectedR0 = seen
                }
                #expect(result == .returned(expectedR0), "\(operation) \(width)")
                #expect(found == [source, (old & ~mask) | stored], "\(operation) \(width)")
            }
        }
    }

    @Test(arguments: Engine.allCases, MemorySize.allCases)
    func orderedAccesses(engine: Engine, size: MemorySize) throws {
        var memory = [UInt8](repeating: 0, count: 8)
        let code: InstructionSequence = [
            .loadWide(.r2, .value(0x8877_6655_4433_2211)), .storeRelease(size, base: .r1, offset: 0, source: .r2),
            .loadAcquire(size, .r0, base: .r1, offset: 0), .exit,
        ]
        let mask = UInt64.max >> UInt64(64 - size.bits)
        #expect(try engine.run(code, memory: &memory) == .returned(0x8877_6655_4433_2211 & mask))
        #expect(
            memory[0..<size.bytes].elementsEqual([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88].prefix(size.bytes)))
    }

    /// Loads that are swapped and compared become one operation; each form on both sides of its comparison.
    @Test(arguments: Engine.allCases, [0x8899, 0x9988] as [Int32])
    func swappedAndComparedLoads(engine: Engine, constant: Int32) throws {
        for condition in [BranchCondition.equal, .notEqual] {
            for width in Width.allCases {
                let code: InstructionSequence = [
                    .load(.half, .r2, .r1, 0), .byteSwap(.bigEndian, .bits16, .r2), .move(.r0, .register(.r2)),
                    .branch(condition, width, .r2, .immediate(constant), offset: 1), .alu(.add, .r0, 1), .exit,
                ]
                let joined: InstructionSequence = [
                    .load(.half, .r0, .r1, 0), .byteSwap(.bigEndian, .bits16, .r0),
                    .branch(condition, width, .r0, .immediate(constant), offset: 1), .alu(.add, .r0, 1), .exit,
                ]
                var memory = Self.bytes
                let taken = condition.holds(0x8899, UInt64(constant), width: width)
                #expect(try engine.run(code, memory: &memory) == .returned(0x8899 + (taken ? 0 : 1)))
                #expect(try engine.run(joined, memory: &memory) == .returned(0x8899 + (taken ? 0 : 1)))
            }
        }
    }
}
