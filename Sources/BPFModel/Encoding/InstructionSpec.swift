/// What an opcode is and which values its fields may have: one row of the instruction table.
public struct InstructionSpec: Hashable, Sendable {
    /// The opcode byte.
    public let opcode: UInt8
    /// What the instruction does.
    public let form: Form
    /// How the destination register field is used.
    public let destination: FieldUse
    /// How the source register field is used.
    public let source: FieldUse
    /// The legal values of the offset field.
    public let offset: FieldRange
    /// The legal values of the immediate field.
    public let immediate: FieldRange

    /// How a register field is used.
    public enum FieldUse: Hashable, Sendable {
        /// Must be zero.
        case unused
        /// Names a register that is read, `r0` through `r10`.
        case read
        /// Names a register that is written: `r0` through `r9`, since `r10` is read-only.
        case written
        /// Names a register that is read, then written: `r0` through `r9`.
        case modified
        /// Selects a variant, 0 up to and including the given number.
        case selector(UInt8)
    }

    /// The legal values of a number field.
    public enum FieldRange: Hashable, Sendable {
        /// Must be zero.
        case unused
        /// Any value.
        case any
        /// One of a few values.
        case oneOf([Int32])

        func contains(_ value: Int32) -> Bool {
            switch self {
            case .unused: value == 0
            case .any: true
            case .oneOf(let values): values.contains(value)
            }
        }
    }

    /// The kinds of instruction opcodes stand for.
    public enum Form: Hashable, Sendable {
        case alu(ALUOperation, Width, OperandKind)
        case negate(Width)
        case byteSwap(ByteSwap)
        case load(MemorySize, signExtended: Bool)
        case store(MemorySize, OperandKind)
        case atomic(MemorySize)
        case loadWide
        case loadPacket(MemorySize, indirect: Bool)
        case jump
        case longJump
        case branch(BranchCondition, Width, OperandKind)
        case call
        case exit
    }

    /// What the last operand is.
    public enum OperandKind: Hashable, Sendable, CaseIterable {
        case immediate, register
    }
}
