/// The bit patterns opcodes are made of.
///
/// Source: RFC 9669, sections 3 to 5.
enum OpcodeBits {
    // Classes, the low three bits.
    static let ld: UInt8 = 0x00
    static let ldx: UInt8 = 0x01
    static let st: UInt8 = 0x02
    static let stx: UInt8 = 0x03
    static let alu: UInt8 = 0x04
    static let jmp: UInt8 = 0x05
    static let jmp32: UInt8 = 0x06
    static let alu64: UInt8 = 0x07

    /// Set where the last operand is a register.
    static let registerSource: UInt8 = 0x08

    // Load and store modes, the high three bits.
    static let imm: UInt8 = 0x00
    static let abs: UInt8 = 0x20
    static let ind: UInt8 = 0x40
    static let mem: UInt8 = 0x60
    static let memsx: UInt8 = 0x80
    static let atomic: UInt8 = 0xc0

    // Operations that have no operation enum.
    static let neg: UInt8 = 0x80
    static let end: UInt8 = 0xd0
    static let ja: UInt8 = 0x00
    static let call: UInt8 = 0x80
    static let exit: UInt8 = 0x90
}

extension ALUOperation {
    /// The high four bits of the opcode.
    ///
    /// Signed division and modulo share theirs with the unsigned ones.
    var encodedOperation: UInt8 {
        switch self {
        case .add: 0x00
        case .sub: 0x10
        case .mul: 0x20
        case .div, .sdiv: 0x30
        case .or: 0x40
        case .and: 0x50
        case .lsh: 0x60
        case .rsh: 0x70
        case .mod, .smod: 0x90
        case .xor: 0xa0
        case .mov: 0xb0
        case .arsh: 0xc0
        }
    }
}

extension BranchCondition {
    /// The high four bits of the opcode.
    var encodedCondition: UInt8 {
        switch self {
        case .equal: 0x10
        case .greater: 0x20
        case .greaterOrEqual: 0x30
        case .bitsSet: 0x40
        case .notEqual: 0x50
        case .signedGreater: 0x60
        case .signedGreaterOrEqual: 0x70
        case .less: 0xa0
        case .lessOrEqual: 0xb0
        case .signedLess: 0xc0
        case .signedLessOrEqual: 0xd0
        }
    }
}

extension MemorySize {
    /// The two size bits of a load or store opcode.
    var encodedSize: UInt8 {
        switch self {
        case .word: 0x00
        case .half: 0x08
        case .byte: 0x10
        case .double: 0x18
        }
    }
}

extension Width {
    var aluClass: UInt8 { self == .double ? OpcodeBits.alu64 : OpcodeBits.alu }
    var jumpClass: UInt8 { self == .double ? OpcodeBits.jmp : OpcodeBits.jmp32 }
    /// The memory size of the same width.
    public var memorySize: MemorySize { self == .double ? .double : .word }
}
