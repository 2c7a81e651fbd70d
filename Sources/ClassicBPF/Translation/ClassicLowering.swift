import BPFModel

/// One classic operation as eBPF: what it does, then where it goes.
struct ClassicBlock {
    /// Where control goes behind the block's instructions.
    enum Exit: Hashable {
        /// Nowhere: the instructions end the program.
        case end
        /// To a classic instruction.
        case goto(Int)
        /// To one of two classic instructions, by comparing A on 32 bits.
        case branch(BranchCondition, Operand, ifTrue: Int, ifFalse: Int)
    }

    /// The classic instruction; nil for the prologue.
    var source: Int?
    var instructions: [Instruction]
    var exit: Exit
}

/// Makes eBPF of the classic operations that are reached, one block each.
struct ClassicLowering {
    let flow: ClassicFlow
    let dialect: ClassicDialect
    let loopLimit: Int32?

    static let a = Register.r0
    static let x = Register.r7
    static let context = Register.r6
    /// Counts backward jumps.
    static let loops = Register.r8
    /// Holds nothing from one classic operation to the next.
    static let temporary = Register.r2

    /// What ends a program with 0.
    static let drop: [Instruction] = [.alu32(.mov, a, 0), .exit]

    /// The blocks, the prologue first, then in the order of the program.
    func blocks() throws(ClassicTranslationError) -> [ClassicBlock] {
        if let (index, target) = flow.backwardJump, loopLimit == nil { throw .backwardJump(at: index, to: target) }
        var blocks = [ClassicBlock(source: nil, instructions: prologue, exit: .goto(0))]
        for (index, operation) in flow.operations.enumerated() {
            guard let operation else { continue }
            blocks.append(
                ClassicBlock(
                    source: index, instructions: try instructions(of: operation, at: index),
                    exit: exit(of: operation, at: index)))
        }
        return blocks
    }

    /// Saves the context, and clears what is read before it is written.
    private var prologue: [Instruction] {
        var code: [Instruction] = [.move(Self.context, .register(.r1))]
        if flow.neededAtStart.contains(.x) { code.append(.alu32(.mov, Self.x, 0)) }
        if flow.backwardJump != nil { code.append(.alu32(.mov, Self.loops, 0)) }
        for cell in 0..<UInt32(ClassicProgram.memoryCells) where flow.neededAtStart.contains(.cell(cell)) {
            code.append(.store(.word, .framePointer, Self.offset(ofCell: cell), 0))
        }
        if flow.neededAtStart.contains(.a) { code.append(.alu32(.mov, Self.a, 0)) }
        return code
    }

    /// M[] grows down from the frame pointer, four bytes a cell.
    private static func offset(ofCell cell: UInt32) -> Int16 { -4 * Int16(cell & 15) - 4 }

    private static func register(_ register: ClassicOperation.Register) -> Register { register == .a ? a : x }

    private static func operand(_ operand: ClassicOperation.Operand) -> Operand {
        switch operand {
        case .x: .register(x)
        case .constant(let value): .immediate(Int32(bitPattern: value))
        }
    }

    private func exit(of operation: ClassicOperation, at index: Int) -> ClassicBlock.Exit {
        let targets = operation.successors(at: index, dialect)
        if case .branch(let condition, let operand, _, _) = operation, targets.count == 2 {
            return .branch(condition.branch, Self.operand(operand), ifTrue: targets[0], ifFalse: targets[1])
        }
        return targets.first.map { .goto($0) } ?? .end
    }

    private func instructions(of operation: ClassicOperation, at index: Int) throws(ClassicTranslationError)
        -> [Instruction]
    {
        switch operation {
        case .returnConstant(let value): return [.alu32(.mov, Self.a, Self.operand(.constant(value))), .exit]
        case .returnAccumulator: return [.exit]
        case _ where operation.alwaysEnds(dialect): return Self.drop
        case .loadAbsolute(let size, let offset):
            if dialect == .linux, let field = AncillaryField(offset: offset) { return try load(field, at: index) }
            return [.loadPacket(size.memorySize, .absolute(Int32(bitPattern: offset)))]
        case .loadIndexed(let size, let offset): return loadIndexed(size, offset, xUpTo: flow.bounds[index].x)
        case .loadHeaderLength(let offset):
            return loadHeaderLength(offset, keepsA: flow.neededBehind[index].contains(.a))
        case .loadLength(let register):
            return [.load(.word, Self.register(register), Self.context, Self.field(.length))]
        case .loadConstant(let register, let value):
            return [.alu32(.mov, Self.register(register), Self.operand(.constant(value)))]
        case .loadMemory(let register, let cell):
            return [.load(.word, Self.register(register), .framePointer, Self.offset(ofCell: cell))]
        case .store(let register, let cell):
            return [.store(.word, .framePointer, Self.offset(ofCell: cell), .register(Self.register(register)))]
        case .arithmetic(let arithmetic, let operand):
            return self.arithmetic(arithmetic, operand, xUpTo: flow.bounds[index].x)
        case .negate: return [.negate(.word, Self.a)]
        case .jump(let distance):
            return dialect.distance(distance) < 0 ? countLoop : []
        case .branch: return []
        case .copyToX: return [.alu32(.mov, Self.x, .register(Self.a))]
        case .copyToA: return [.alu32(.mov, Self.a, .register(Self.x))]
        }
    }

    /// Ends the program where it has jumped back more often than allowed.
    private var countLoop: [Instruction] {
        [
            .alu32(.add, Self.loops, 1),
            .jump32(if: .lessOrEqual, Self.loops, .immediate(loopLimit ?? 0), skip: Int16(Self.drop.count)),
        ] + Self.drop
    }

    /// Linux adds modulo 2^32 and takes the sum as signed, as legacy loads do; libpcap ends the program where it is large.
    private func loadIndexed(_ size: ClassicOperation.Size, _ offset: UInt32, xUpTo bound: UInt32) -> [Instruction] {
        let largest = UInt32(Int32.max)
        let offset = Int32(bitPattern: offset)
        let load = Instruction.loadPacket(size.memorySize, .indirect(Self.x, offset))
        if dialect == .linux || bound <= largest - UInt32(bitPattern: offset) { return [load] }
        return [
            .move(Self.temporary, .register(Self.x)),
            .alu(.add, Self.temporary, .immediate(offset)),
            .jump(if: .lessOrEqual, Self.temporary, .immediate(.max), skip: Int16(Self.drop.count)),
        ] + Self.drop + [load]
    }

    /// The packet load gives its byte in A, so A waits in X where it is still needed.
    private func loadHeaderLength(_ offset: UInt32, keepsA: Bool) -> [Instruction] {
        let length: [Instruction] = [
            .loadPacket(at: Int32(bitPattern: offset), .byte), .alu32(.and, Self.a, 0xf), .alu32(.lsh, Self.a, 2),
        ]
        guard keepsA else { return length + [.alu32(.mov, Self.x, .register(Self.a))] }
        return [.alu32(.mov, Self.x, .register(Self.a))] + length + [
            .alu32(.mov, Self.temporary, .register(Self.x)),
            .alu32(.mov, Self.x, .register(Self.a)),
            .alu32(.mov, Self.a, .register(Self.temporary)),
        ]
    }

    private func arithmetic(
        _ arithmetic: ClassicOperation.Arithmetic, _ operand: ClassicOperation.Operand, xUpTo bound: UInt32
    ) -> [Instruction] {
        let plain = Instruction.alu32(arithmetic.aluOperation, Self.a, Self.operand(operand))
        switch (arithmetic, operand) {
        case (.div, .x), (.mod, .x):
            return [.jump32(if: .notEqual, Self.x, 0, skip: Int16(Self.drop.count))] + Self.drop + [plain]
        case (.lsh, .constant(let bits)), (.rsh, .constant(let bits)):
            return bits > 31 ? [.alu32(.mov, Self.a, 0)] : [plain]
        case (.lsh, .x), (.rsh, .x):
            // eBPF shifts modulo 32, as Linux does.
            if dialect == .linux || bound < 32 { return [plain] }
            return [.jump32(if: .less, Self.x, 32, skip: 2), .alu32(.mov, Self.a, 0), .jump(1), plain]
        case (.add, _), (.sub, _), (.mul, _), (.or, _), (.and, _), (.xor, _), (.div, .constant), (.mod, .constant):
            return [plain]
        }
    }
}
