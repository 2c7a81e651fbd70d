import BPFModel
import TestKit

/// Random programs full of branches that meet again, with numbers that sometimes matter: as an offset into a map's
/// value, or for the outcome of a later branch.
struct RandomBranches {
    private var random: SeededRandom
    private var code: [Instruction] = []
    /// Branches may not lead into the middle of a group of instructions.
    private var boundaries: [Int] = []
    private var branches: [Int] = []

    static let valueSize = 16

    static func program(seed: UInt64) -> ProgramSpec {
        var generator = RandomBranches(random: SeededRandom(seed: seed))
        generator.prologue()
        for _ in 0..<Int.random(in: 8...26, using: &generator.random) { generator.statement() }
        generator.end()
        return ProgramSpec(
            type: .schedCls, code: InstructionSequence(generator.code),
            maps: [1: MapSpec(type: .hash, keySize: 4, valueSize: valueSize, maxEntries: 4)])
    }

    private init(random: SeededRandom) { self.random = random }

    /// `r9` is the address of a value, `r1` to `r8` are numbers, and so are four slots of the stack.
    private mutating func prologue() {
        code = [
            .load(.word, .r6, .r1, 0), .load(.word, .r7, .r1, 8), .load(.byte, .r8, .r1, 16),
            .store(.word, .r10, -4, 1), .move(.r2, .register(.r10)), .alu(.add, .r2, -4),
            .loadWide(.r1, .map(1)), .call(helper: 1),
            .jump(if: .notEqual, .r0, 0, skip: 2), .move(.r0, 0), .exit,
            .move(.r9, .register(.r0)), .move(.r0, 0),
        ]
        for register in Register.arguments {
            code.append(.move(register, .immediate(Int32.random(in: -2...20, using: &random))))
        }
        for slot: Int16 in 1...4 { code.append(.store(.double, .r10, -8 * slot, .register(number()))) }
    }

    private mutating func number() -> Register { random.pick([.r1, .r2, .r3, .r4, .r6, .r7, .r8]) }

    private mutating func small() -> Int32 {
        random.pick([0, 1, 2, 3, 7, 8, 15, 16, 31, -1, -8, 255, Int32.random(in: -40...40, using: &random)])
    }

    private mutating func operand() -> Operand {
        random.oneIn(2) ? .register(number()) : .immediate(small())
    }

    private mutating func statement() {
        boundaries.append(code.count)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: arithmetic()
        case 3...6: branch()
        case 7: spill()
        case 8: access()
        default: copy()
        }
    }

    private mutating func arithmetic() {
        let width: Width = random.oneIn(4) ? .word : .double
        if random.oneIn(4) {
            let operation = random.pick([ALUOperation.lsh, .rsh, .arsh])
            code.append(.alu(operation, width, number(), .immediate(Int32.random(in: 0..<32, using: &random))))
        } else {
            let operation = random.pick([ALUOperation.add, .sub, .and, .or, .xor, .mul, .and, .mov])
            code.append(.alu(operation, width, number(), operand()))
        }
    }

    private mutating func copy() { code.append(.move(number(), .register(number()))) }

    private mutating func branch() {
        guard branches.count < 9 else { return arithmetic() }
        branches.append(code.count)
        let condition = random.pick(BranchCondition.allCases)
        // The offset is set when the program's statements are known.
        code.append(.branch(condition, random.oneIn(4) ? .word : .double, number(), operand(), offset: 0))
    }

    private mutating func spill() {
        let offset = -8 * Int16.random(in: 1...4, using: &random)
        let size: MemorySize = random.oneIn(4) ? .word : .double
        code.append(
            random.oneIn(2)
                ? .store(size, .r10, offset, .register(number())) : .load(size, number(), .r10, offset))
    }

    /// A byte of the value at an offset that is mostly masked.
    private mutating func access() {
        let offset = number()
        if !random.oneIn(3) { code.append(.alu(.and, offset, random.oneIn(4) ? 15 : 7)) }
        code += [
            .move(.r5, .register(.r9)), .alu(.add, .r5, .register(offset)),
            .load(.byte, number(), .r5, Int16.random(in: 0...8, using: &random)), .move(.r5, 0),
        ]
    }

    private mutating func end() {
        boundaries.append(code.count)
        code += [.move(.r0, 0), .exit]
        for index in branches {
            guard case .branch(let condition, let width, let left, let right, _) = code[index] else { continue }
            let later = boundaries.filter { $0 > index }.prefix(5)
            let target = random.pick(Array(later))
            let offset = code[(index + 1)..<target].reduce(0) { $0 + $1.slotCount }
            code[index] = .branch(condition, width, left, right, offset: Int16(offset))
        }
    }
}
