/// How many bits of its registers an arithmetic or jump instruction works on.
public enum Width: UInt8, Hashable, Sendable, CaseIterable {
    /// The low 32 bits; an arithmetic result clears the upper half of its register.
    case word = 32
    /// All 64 bits.
    case double = 64
}

/// The size of a memory access.
public enum MemorySize: UInt8, Hashable, Sendable, CaseIterable {
    case byte = 1
    case half = 2
    case word = 4
    case double = 8

    /// The size in bytes: 1, 2, 4 or 8.
    @inlinable public var bytes: Int { Int(rawValue) }

    /// The size in bits: 8, 16, 32 or 64.
    @inlinable public var bits: Int { Int(rawValue) * 8 }
}

/// The last operand of an instruction: a register or a 32-bit immediate.
public enum Operand: Hashable, Sendable {
    case register(Register)
    /// An immediate; 64-bit operations sign-extend it.
    case immediate(Int32)
}

extension Operand: ExpressibleByIntegerLiteral {
    /// Writes an immediate operand as a plain number.
    public init(integerLiteral value: Int32) { self = .immediate(value) }
}
