/// The comparison of a conditional jump.
///
/// Source: RFC 9669, section 4.3.
public enum BranchCondition: UInt8, Hashable, Sendable, CaseIterable {
    case equal, greater, greaterOrEqual
    /// Any bit set in both operands.
    case bitsSet
    case notEqual, signedGreater, signedGreaterOrEqual, less, lessOrEqual, signedLess, signedLessOrEqual
}

extension BranchCondition {
    /// Whether the jump is taken: the one place where comparisons are defined.
    ///
    /// - Parameters:
    ///   - left: the destination register.
    ///   - right: the second operand, immediates already sign-extended to 64 bits.
    ///   - width: how many low bits take part.
    @inlinable @inline(__always)
    public func holds(_ left: UInt64, _ right: UInt64, width: Width) -> Bool {
        switch width {
        case .double:
            compare(left, right, Int64(bitPattern: left), Int64(bitPattern: right))
        case .word:
            compare(
                UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right),
                Int32(truncatingIfNeeded: left), Int32(truncatingIfNeeded: right))
        }
    }

    @inlinable @inline(__always)
    func compare<Word: UnsignedInteger & FixedWidthInteger, Signed: SignedInteger & FixedWidthInteger>(
        _ a: Word, _ b: Word, _ signedA: Signed, _ signedB: Signed
    ) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .bitsSet: a & b != 0
        case .signedGreater: signedA > signedB
        case .signedGreaterOrEqual: signedA >= signedB
        case .signedLess: signedA < signedB
        case .signedLessOrEqual: signedA <= signedB
        }
    }

    /// The condition that holds exactly when this one doesn't; nil for `bitsSet`, which has no opposite.
    public var negated: BranchCondition? {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .bitsSet: nil
        case .signedGreater: .signedLessOrEqual
        case .signedGreaterOrEqual: .signedLess
        case .signedLess: .signedGreaterOrEqual
        case .signedLessOrEqual: .signedGreater
        }
    }
}
