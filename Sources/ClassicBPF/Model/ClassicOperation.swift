/// What a classic BPF instruction means.
///
/// The machine has an accumulator A, an index register X, sixteen 32-bit memory cells M[], and a packet it can only read.
public enum ClassicOperation: Hashable, Sendable {
    /// The two registers.
    public enum Register: Hashable, Sendable {
        /// The accumulator.
        case a
        /// The index register.
        case x
    }

    /// How many packet bytes a load takes; the value is big-endian.
    public enum Size: UInt16, Hashable, Sendable, CaseIterable {
        /// Four bytes.
        case word = 0x00
        /// Two bytes.
        case half = 0x08
        /// One byte.
        case byte = 0x10

        /// The number of bytes: 4, 2 or 1.
        @inlinable
        public var byteCount: Int {
            switch self {
            case .word: 4
            case .half: 2
            case .byte: 1
            }
        }
    }

    /// The second operand of arithmetic and branches.
    public enum Operand: Hashable, Sendable {
        /// The instruction's constant.
        case constant(UInt32)
        /// The index register.
        case x
    }

    /// Arithmetic on A, by the operation's bits in the code.
    public enum Arithmetic: UInt16, Hashable, Sendable, CaseIterable {
        /// Sum, modulo 2^32.
        case add = 0x00
        /// Difference, modulo 2^32.
        case sub = 0x10
        /// Product, modulo 2^32.
        case mul = 0x20
        /// Unsigned quotient.
        case div = 0x30
        /// Bitwise or.
        case or = 0x40
        /// Bitwise and.
        case and = 0x50
        /// Shift to the left.
        case lsh = 0x60
        /// Shift to the right, filling with zeros.
        case rsh = 0x70
        /// Unsigned remainder.
        case mod = 0x90
        /// Bitwise exclusive or.
        case xor = 0xa0
    }

    /// Unsigned comparisons of A with an operand, by their bits in the code.
    public enum Condition: UInt16, Hashable, Sendable, CaseIterable {
        /// A equals the operand.
        case equal = 0x10
        /// A is above the operand.
        case greater = 0x20
        /// A is the operand or above it.
        case greaterOrEqual = 0x30
        /// A and the operand have a bit in common.
        case anyBit = 0x40
    }

    /// A = packet[offset], big-endian; in Linux, large offsets name ancillary fields or other headers.
    case loadAbsolute(Size, offset: UInt32)
    /// A = packet[X + offset], big-endian.
    case loadIndexed(Size, offset: UInt32)
    /// X = 4 * (packet[offset] & 0xf): the length of an IPv4 header.
    case loadHeaderLength(offset: UInt32)
    /// The register = the packet's length.
    case loadLength(Register)
    /// The register = a constant.
    case loadConstant(Register, UInt32)
    /// The register = M[cell].
    case loadMemory(Register, cell: UInt32)
    /// M[cell] = the register.
    case store(Register, cell: UInt32)
    /// A = A op operand.
    case arithmetic(Arithmetic, Operand)
    /// A = -A.
    case negate
    /// Skips that many instructions; libpcap reads the distance as signed.
    case jump(UInt32)
    /// Skips by the outcome of comparing A.
    case branch(Condition, Operand, ifTrue: UInt8, ifFalse: UInt8)
    /// Ends the program: bytes of the packet to keep, 0 for none.
    case returnConstant(UInt32)
    /// Ends the program with A.
    case returnAccumulator
    /// X = A.
    case copyToX
    /// A = X.
    case copyToA
}
