extension InstructionSpec {
    /// Every opcode there is, one row each.
    public static let all: [InstructionSpec] = arithmetic + memory + control

    /// The row of an opcode, or nil where no instruction has it.
    public static func row(of opcode: UInt8) -> InstructionSpec? { byOpcode[Int(opcode)] }

    private static let byOpcode: [InstructionSpec?] = {
        var table = [InstructionSpec?](repeating: nil, count: 256)
        for row in all { table[Int(row.opcode)] = row }
        return table
    }()
}

// MARK: Arithmetic

extension InstructionSpec {
    private static let arithmetic: [InstructionSpec] =
        arithmetic(.word, moves: [0, 8, 16]) + arithmetic(.double, moves: [0, 8, 16, 32])
        + ByteSwap.allCases.map(byteSwap)

    /// The rows of one width; a register move's offset is the width it sign-extends from.
    private static func arithmetic(_ width: Width, moves: [Int32]) -> [InstructionSpec] {
        var rows: [InstructionSpec] = []
        for kind in OperandKind.allCases {
            rows += plainOperations.map { alu($0, width, kind) }
            // Offset 1 makes the operation signed.
            rows += [alu(.div, width, kind, offset: .oneOf([0, 1])), alu(.mod, width, kind, offset: .oneOf([0, 1]))]
            rows.append(alu(.mov, width, kind, offset: kind == .register ? .oneOf(moves) : .unused))
        }
        rows.append(
            InstructionSpec(
                opcode: width.aluClass | OpcodeBits.neg, form: .negate(width),
                destination: .modified, source: .unused, offset: .unused, immediate: .unused))
        return rows
    }

    private static let plainOperations: [ALUOperation] = [.add, .sub, .mul, .or, .and, .lsh, .rsh, .xor, .arsh]

    private static func alu(
        _ operation: ALUOperation, _ width: Width, _ kind: OperandKind, offset: FieldRange = .unused
    ) -> InstructionSpec {
        InstructionSpec(
            opcode: width.aluClass | operation.encodedOperation | kind.sourceBit,
            form: .alu(operation, width, kind),
            destination: operation == .mov ? .written : .modified,
            source: kind.sourceUse, offset: offset, immediate: kind.immediateRange)
    }

    private static func byteSwap(_ swap: ByteSwap) -> InstructionSpec {
        InstructionSpec(
            opcode: swap.opcode, form: .byteSwap(swap),
            destination: .modified, source: .unused, offset: .unused, immediate: .oneOf([16, 32, 64]))
    }
}

// MARK: Memory

extension InstructionSpec {
    private static let memory: [InstructionSpec] =
        MemorySize.allCases.flatMap { size in
            [load(size, signExtended: false), store(size, .immediate), store(size, .register), atomic(size)]
        } + narrow + [wide]

    /// Sign-extending loads and packet loads have no double word.
    private static let narrow: [InstructionSpec] = [MemorySize.byte, .half, .word].flatMap { size in
        [load(size, signExtended: true), packet(size, indirect: false), packet(size, indirect: true)]
    }

    private static let wide = InstructionSpec(
        opcode: OpcodeBits.ld | OpcodeBits.imm | MemorySize.double.encodedSize, form: .loadWide,
        destination: .written, source: .selector(6), offset: .unused, immediate: .any)

    private static func load(_ size: MemorySize, signExtended: Bool) -> InstructionSpec {
        InstructionSpec(
            opcode: OpcodeBits.ldx | (signExtended ? OpcodeBits.memsx : OpcodeBits.mem) | size.encodedSize,
            form: .load(size, signExtended: signExtended),
            destination: .written, source: .read, offset: .any, immediate: .unused)
    }

    private static func store(_ size: MemorySize, _ kind: OperandKind) -> InstructionSpec {
        InstructionSpec(
            opcode: (kind == .register ? OpcodeBits.stx : OpcodeBits.st) | OpcodeBits.mem | size.encodedSize,
            form: .store(size, kind),
            destination: .read, source: kind.sourceUse, offset: .any, immediate: kind.immediateRange)
    }

    /// Read-modify-write works on words and double words; the ordered accesses on every size.
    private static func atomic(_ size: MemorySize) -> InstructionSpec {
        let ordered = OrderedAccess.allCases.map(\.rawValue)
        let modifying = AtomicOperation.allCases.map(\.encoding)
        return InstructionSpec(
            opcode: OpcodeBits.stx | OpcodeBits.atomic | size.encodedSize, form: .atomic(size),
            destination: .read, source: .read, offset: .any,
            immediate: .oneOf(size.bytes >= 4 ? modifying + ordered : ordered))
    }

    private static func packet(_ size: MemorySize, indirect: Bool) -> InstructionSpec {
        InstructionSpec(
            opcode: OpcodeBits.ld | (indirect ? OpcodeBits.ind : OpcodeBits.abs) | size.encodedSize,
            form: .loadPacket(size, indirect: indirect),
            destination: .unused, source: indirect ? .read : .unused, offset: .unused, immediate: .any)
    }
}

// MARK: Control

extension InstructionSpec {
    private static let control: [InstructionSpec] =
        [Width.word, .double].flatMap { width in
            BranchCondition.allCases.flatMap { condition in
                OperandKind.allCases.map { branch(condition, width, $0) }
            }
        } + unconditional

    private static let unconditional: [InstructionSpec] = [
        InstructionSpec(
            opcode: OpcodeBits.jmp | OpcodeBits.ja, form: .jump,
            destination: .unused, source: .unused, offset: .any, immediate: .unused),
        InstructionSpec(
            opcode: OpcodeBits.jmp32 | OpcodeBits.ja, form: .longJump,
            destination: .unused, source: .unused, offset: .unused, immediate: .any),
        InstructionSpec(
            opcode: OpcodeBits.jmp | OpcodeBits.call, form: .call,
            destination: .unused, source: .selector(2), offset: .unused, immediate: .any),
        InstructionSpec(
            opcode: OpcodeBits.jmp | OpcodeBits.exit, form: .exit,
            destination: .unused, source: .unused, offset: .unused, immediate: .unused),
    ]

    private static func branch(_ condition: BranchCondition, _ width: Width, _ kind: OperandKind) -> InstructionSpec {
        InstructionSpec(
            opcode: width.jumpClass | condition.encodedCondition | kind.sourceBit,
            form: .branch(condition, width, kind),
            destination: .read, source: kind.sourceUse, offset: .any, immediate: kind.immediateRange)
    }
}

extension InstructionSpec.OperandKind {
    var sourceBit: UInt8 { self == .register ? OpcodeBits.registerSource : 0 }
    var sourceUse: InstructionSpec.FieldUse { self == .register ? .read : .unused }
    var immediateRange: InstructionSpec.FieldRange { self == .register ? .unused : .any }
}
