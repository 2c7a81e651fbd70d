import BPFExecution
import BPFModel
import TestKit
import Testing

/// Arithmetic, moves and byte order: every operation on operands that sit on edges, on both engines.
@Suite struct ArithmeticTests {
    static let edges: [UInt64] = [
        0, 1, 2, 3, 31, 32, 63, 64, 0x80, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
        0x1234_5678_9abc_def0, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff,
    ]
    static let immediates: [Int32] = [0, 1, -1, 2, 31, 32, 63, 64, 1000, .max, .min, -13]

    @Test(arguments: Engine.allCases, ALUOperation.allCases)
    func registersAndImmediates(engine: Engine, operation: ALUOperation) throws {
        for width in Width.allCases {
            for left in Self.edges {
                for right in Self.edges {
                    let code: InstructionSequence = [
                        .loadWide(.r0, .value(left)), .loadWide(.r3, .value(right)),
                        .alu(operation, width, .r0, .register(.r3)), .exit,
                    ]
                    let expected = operation.apply(left, right, width: width)
                    #expect(try engine.run(code) == .returned(expected), "\(width) \(left) \(right)")
                }
                for right in Self.immediates {
                    let code: InstructionSequence = [
                        .loadWide(.r0, .value(left)), .alu(operation, width, .r0, .immediate(right)), .exit,
                    ]
                    let expected = operation.apply(left, UInt64(bitPattern: Int64(right)), width: width)
                    #expect(try engine.run(code) == .returned(expected), "\(width) \(left) \(right)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func singleOperand(engine: Engine) throws {
        for value in Self.edges {
            func check(_ instruction: Instruction, _ expected: UInt64) throws {
                let code: InstructionSequence = [
                    .loadWide(.r0, .value(value)), .loadWide(.r5, .value(value)), instruction, .exit,
                ]
                #expect(try engine.run(code) == .returned(expected), "\(instruction) of \(value)")
            }
            try check(.negate(.double, .r0), 0 &- value)
            try check(.negate(.word, .r0), UInt64(0 &- UInt32(truncatingIfNeeded: value)))
            for width in SwapWidth.allCases {
                for swap in ByteSwap.allCases {
                    try check(.byteSwap(swap, width, .r0), swap.apply(value, width: width))
                }
            }
            for from in SignExtendedWidth.allCases {
                try check(.moveSignExtended(from, .double, .r0, .r5), from.apply(value))
                if from != .bits32 {
                    try check(.moveSignExtended(from, .word, .r0, .r5), from.apply(value) & 0xffff_ffff)
                }
            }
        }
    }

    /// Random straight-line programs give the same result on both engines.
    @Test func enginesAgreeOnRandomArithmetic() throws {
        var random = SeededRandom(seed: 42)
        let registers = Register.allCases.filter { $0 != .framePointer }
        for round in 0..<2000 {
            var code: [Instruction] = registers.map {
                .loadWide($0, .value(random.pick(Self.edges) &+ (random.oneIn(2) ? random.next() : 0)))
            }
            for _ in 0..<Int.random(in: 1...40, using: &random) { code.append(Self.instruction(&random)) }
            for register in registers.dropFirst() { code.append(.alu(.xor, .r0, .register(register))) }
            code.append(.exit)
            let sequence = InstructionSequence(code)
            let results = try Engine.allCases.map { try $0.run(sequence) }
            #expect(results[0] == results[1], "round \(round), seed 42: \(code)")
        }
    }

    private static func instruction(_ random: inout SeededRandom) -> Instruction {
        let registers = Register.allCases.filter { $0 != .framePointer }
        let destination = random.pick(registers)
        let source = random.pick(registers)
        let width = random.pick(Width.allCases)
        return switch Int.random(in: 0..<10, using: &random) {
        case 0: .negate(width, destination)
        case 1: .byteSwap(random.pick(ByteSwap.allCases), random.pick(SwapWidth.allCases), destination)
        case 2: .moveSignExtended(random.pick([.bits8, .bits16]), width, destination, source)
        case 3..<6: .alu(random.pick(ALUOperation.allCases), width, destination, .immediate(random.pick(immediates)))
        default: .alu(random.pick(ALUOperation.allCases), width, destination, .register(source))
        }
    }
}
