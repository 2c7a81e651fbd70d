import BPFModel
import TestKit

/// Random programs: every instruction can come, those that get somewhere come more often.
struct ProgramGenerator {
    var random: SeededRandom

    private static let maps: [Int32] = [1, 2]
    private static let helpers: [Int32] = HelperPrototype.all.map(\.id) + [4, 12, 999]
    private static let offsets: [Int16] = [-513, -512, -24, -16, -8, -4, -1, 0, 1, 4, 8, 12, 14, 16, 48, 76, 80, 192]
    private static let numbers: [Int32] = [0, 1, -1, 2, 4, 8, 14, 64, 255, 0x0800, 0xffff, .max, .min, -0x10_0000]

    /// A program of up to two dozen instructions.
    mutating func program() -> [Instruction] {
        var code: [Instruction] = random.oneIn(4) ? [] : prologue()
        let body = Int.random(in: 1...16, using: &random)
        while code.count < body + 4 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: code += lookup()
            case 1: code += boundsCheck()
            default: code.append(instruction(left: body + 4 - code.count))
            }
        }
        if !random.oneIn(8) { code += [.move(.r0, .immediate(random.pick(Self.numbers))), .exit] }
        return code
    }

    /// Keeps the context, and gives registers and stack values.
    private mutating func prologue() -> [Instruction] {
        [
            .move(.r6, .register(.r1)), .move(.r7, .immediate(random.pick(Self.numbers))), .move(.r0, 0),
            .store(.double, .r10, -8, .immediate(random.pick(Self.numbers))), .move(.r8, .register(.r10)),
        ]
    }

    private mutating func lookup() -> [Instruction] {
        [
            .store(.word, .r10, -4, .immediate(random.pick([0, 1, 5]))), .loadWide(.r1, .map(random.pick(Self.maps))),
            .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: random.pick([1, 1, 3])),
            .jump(if: .equal, .r0, 0, skip: random.pick([1, 1, 0, 2])),
            .load(random.pick(MemorySize.allCases), .r7, .r0, random.pick([0, 0, 4, 8])),
        ]
    }

    private mutating func boundsCheck() -> [Instruction] {
        [
            .load(.word, .r2, .r6, 0), .load(.word, .r3, .r6, 4), .move(.r4, .register(.r2)),
            .alu(.add, .r4, .immediate(random.pick([1, 4, 8, 14]))),
            .branch(random.pick([.greater, .greaterOrEqual]), .double, .r4, .register(.r3), offset: 1),
            .load(random.pick(MemorySize.allCases), .r7, .r2, random.pick([0, 4, 6, 12])),
        ]
    }

    private mutating func instruction(left: Int) -> Instruction {
        let a = register()
        let b = register()
        let operand = random.oneIn(2) ? Operand.register(b) : .immediate(random.pick(Self.numbers))
        let width = random.pick(Width.allCases)
        let size = random.pick(MemorySize.allCases)
        let offset = random.pick(Self.offsets)
        let skip = Int16.random(in: -6...Int16(max(1, left)), using: &random)
        return switch Int.random(in: 0..<20, using: &random) {
        case 0..<5: .alu(random.pick(ALUOperation.allCases), width, a, operand)
        case 5: .negate(width, a)
        case 6: .byteSwap(random.pick(ByteSwap.allCases), random.pick(SwapWidth.allCases), a)
        case 7: .moveSignExtended(random.pick([.bits8, .bits16]), width, a, b)
        case 8: .load(size, signExtended: size != .double && random.oneIn(4), a, base: b, offset: offset)
        case 9: .store(size, base: a, offset: offset, operand)
        case 10: .atomic(random.pick(AtomicOperation.allCases), width, base: a, offset: offset, source: b)
        case 11:
            random.oneIn(2)
                ? .loadAcquire(size, a, base: b, offset: offset)
                : .storeRelease(size, base: a, offset: offset, source: b)
        case 12: .loadWide(a, wide())
        case 13:
            .loadPacket(
                random.pick([.byte, .half, .word]),
                random.oneIn(2) ? .absolute(random.pick(Self.numbers)) : .indirect(b, random.pick(Self.numbers)))
        case 14..<17: .branch(random.pick(BranchCondition.allCases), width, a, operand, offset: skip)
        case 17: random.oneIn(3) ? .longJump(Int32(skip)) : .jump(skip)
        case 18: .call(random.oneIn(3) ? .local(Int32(skip)) : .helper(random.pick(Self.helpers)))
        default: .exit
        }
    }

    private mutating func register() -> Register {
        random.oneIn(3) ? random.pick(Register.allCases) : random.pick([.r0, .r6, .r7, .r8, .r10])
    }

    private mutating func wide() -> WideImmediate {
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: .map(random.pick(Self.maps + [3]))
        case 2: .mapValue(random.pick(Self.maps), offset: random.pick(Self.numbers))
        case 3: .variable(1, module: 2)
        case 4: .function(1)
        default: .value(random.next())
        }
    }
}
