extension Instruction {
    /// A 64-bit arithmetic instruction.
    public static func alu(_ operation: ALUOperation, _ destination: Register, _ source: Operand) -> Instruction {
        .alu(operation, .double, destination, source)
    }

    /// A 32-bit arithmetic instruction.
    public static func alu32(_ operation: ALUOperation, _ destination: Register, _ source: Operand) -> Instruction {
        .alu(operation, .word, destination, source)
    }

    /// `destination = source`, on 64 bits.
    public static func move(_ destination: Register, _ source: Operand) -> Instruction {
        .alu(.mov, .double, destination, source)
    }

    /// A zero-extending load.
    public static func load(
        _ size: MemorySize, _ destination: Register, _ base: Register, _ offset: Int16 = 0
    ) -> Instruction {
        .load(size, signExtended: false, destination, base: base, offset: offset)
    }

    /// A store of a register or an immediate.
    public static func store(
        _ size: MemorySize, _ base: Register, _ offset: Int16, _ source: Operand
    ) -> Instruction {
        .store(size, base: base, offset: offset, source)
    }

    /// A legacy load from a fixed packet offset.
    public static func loadPacket(at offset: Int32, _ size: MemorySize) -> Instruction {
        .loadPacket(size, .absolute(offset))
    }

    /// A conditional jump over `skip` slots, comparing 64 bits.
    public static func jump(
        if condition: BranchCondition, _ left: Register, _ right: Operand, skip: Int16
    ) -> Instruction {
        .branch(condition, .double, left, right, offset: skip)
    }

    /// A conditional jump over `skip` slots, comparing the low 32 bits.
    public static func jump32(
        if condition: BranchCondition, _ left: Register, _ right: Operand, skip: Int16
    ) -> Instruction {
        .branch(condition, .word, left, right, offset: skip)
    }

    /// A call of a helper.
    public static func call(helper id: Int32) -> Instruction { .call(.helper(id)) }
}
