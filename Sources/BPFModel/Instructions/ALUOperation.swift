/// A two-operand arithmetic operation.
///
/// Source: RFC 9669, section 4.1.
public enum ALUOperation: UInt8, Hashable, Sendable, CaseIterable {
    case add, sub, mul, div, or, and, lsh, rsh, mod, xor, mov, arsh
    /// Signed division: the offset field of `div` is 1.
    case sdiv
    /// Signed modulo: the offset field of `mod` is 1.
    case smod
}

extension ALUOperation {
    /// What the operation computes, on 64 or on 32 bits: the one place where arithmetic is defined.
    ///
    /// Everything wraps. Division by zero gives 0 and modulo by zero leaves the destination; signed division
    /// truncates, and the one signed overflow gives the minimum and remainder 0; shift counts are masked to the
    /// width. A 32-bit result has its upper half cleared.
    /// Source: RFC 9669, section 4.1, and Linux for the signed overflow.
    ///
    /// - Parameters:
    ///   - destination: the first operand.
    ///   - source: the second operand, immediates already sign-extended to 64 bits.
    ///   - width: how many bits take part.
    @inlinable @inline(__always)
    public func apply(_ destination: UInt64, _ source: UInt64, width: Width) -> UInt64 {
        switch width {
        case .double:
            return compute(destination, source)
        case .word:
            let low = compute(UInt32(truncatingIfNeeded: destination), UInt32(truncatingIfNeeded: source))
            return UInt64(low)
        }
    }

    @inlinable @inline(__always)
    func compute<Word: UnsignedInteger & FixedWidthInteger>(_ a: Word, _ b: Word) -> Word {
        switch self {
        case .add: a &+ b
        case .sub: a &- b
        case .mul: a &* b
        case .div: b == 0 ? 0 : a / b
        case .mod: b == 0 ? a : a % b
        case .sdiv: Self.signedQuotient(a, b)
        case .smod: Self.signedRemainder(a, b)
        case .or: a | b
        case .and: a & b
        case .xor: a ^ b
        case .mov: b
        case .lsh: a &<< b
        case .rsh: a &>> b
        case .arsh: Self.arithmeticShift(a, b)
        }
    }

    @inlinable @inline(__always)
    static func isNegative<Word: FixedWidthInteger>(_ a: Word) -> Bool {
        a.leadingZeroBitCount == 0
    }

    @inlinable @inline(__always)
    static func magnitude<Word: UnsignedInteger & FixedWidthInteger>(_ a: Word) -> Word {
        isNegative(a) ? 0 &- a : a
    }

    @inlinable @inline(__always)
    static func signedQuotient<Word: UnsignedInteger & FixedWidthInteger>(_ a: Word, _ b: Word) -> Word {
        guard b != 0 else { return 0 }
        let quotient = magnitude(a) / magnitude(b)
        return isNegative(a) == isNegative(b) ? quotient : 0 &- quotient
    }

    @inlinable @inline(__always)
    static func signedRemainder<Word: UnsignedInteger & FixedWidthInteger>(_ a: Word, _ b: Word) -> Word {
        guard b != 0 else { return a }
        let remainder = magnitude(a) % magnitude(b)
        return isNegative(a) ? 0 &- remainder : remainder
    }

    @inlinable @inline(__always)
    static func arithmeticShift<Word: UnsignedInteger & FixedWidthInteger>(_ a: Word, _ b: Word) -> Word {
        let shifted = a &>> b
        return isNegative(a) ? shifted | ~(Word.max &>> b) : shifted
    }
}
