package import BPFModel

extension ScalarRange {
    /// Whether the comparison holds for all numbers within the ranges, for none (false), or it depends (nil).
    package func decides(_ condition: BranchCondition, _ other: ScalarRange, _ width: Width) -> Bool? {
        let left = width == .double ? bits : bits.truncated(to: 32)
        let right = width == .double ? other.bits : other.bits.truncated(to: 32)
        switch condition {
        case .bitsSet:
            if left.value & right.value != 0 { return true }
            return left.highest & right.highest == 0 ? false : nil
        case .equal, .notEqual:
            if left.intersection(right) == nil { return condition == .notEqual }
        case .greater, .greaterOrEqual, .signedGreater, .signedGreaterOrEqual, .less, .lessOrEqual, .signedLess,
            .signedLessOrEqual:
            break
        }
        switch width {
        case .double: return wide.decides(condition, other.wide)
        case .word: return narrow.decides(condition, other.narrow)
        }
    }

    /// Narrows both operands to the numbers for which the comparison comes out as `outcome`.
    ///
    /// A range may come out empty: then it can't come out so.
    package static func assume(
        _ condition: BranchCondition, is outcome: Bool, _ left: inout ScalarRange, _ right: inout ScalarRange,
        _ width: Width
    ) {
        guard let effective = outcome ? condition : condition.negated else {
            left.assumeClear(right, width)
            right.assumeClear(left, width)
            left.refine()
            right.refine()
            return
        }
        switch effective {
        case .equal: equate(&left, &right, width)
        case .bitsSet:
            left.assumeSet(right, width)
            right.assumeSet(left, width)
        case .notEqual, .greater, .greaterOrEqual, .signedGreater, .signedGreaterOrEqual, .less, .lessOrEqual,
            .signedLess, .signedLessOrEqual:
            break
        }
        switch width {
        case .double: Bounds.assume(effective, &left.wide, &right.wide)
        case .word: Bounds.assume(effective, &left.narrow, &right.narrow)
        }
        left.refine()
        right.refine()
    }

    /// What either operand knows of its bits, both know.
    private static func equate(_ left: inout ScalarRange, _ right: inout ScalarRange, _ width: Width) {
        switch width {
        case .double:
            guard let common = left.bits.intersection(right.bits) else { return }
            left.bits = common
            right.bits = common
            left.narrow.clamp(right.narrow)
            right.narrow.clamp(left.narrow)
        case .word:
            guard let common = left.bits.truncated(to: 32).intersection(right.bits.truncated(to: 32)) else { return }
            left.bits = common.withHighHalf(of: left.bits)
            right.bits = common.withHighHalf(of: right.bits)
        }
    }

    /// Where the other operand is a single bit, that bit is set.
    private mutating func assumeSet(_ other: ScalarRange, _ width: Width) {
        let operand = width == .double ? other.bits : other.bits.truncated(to: 32)
        guard operand.isConstant, operand.value.nonzeroBitCount == 1 else { return }
        bits = Tnum(value: bits.value | operand.value, mask: bits.mask & ~operand.value)
    }

    /// Every bit that the other operand has for certain is clear.
    private mutating func assumeClear(_ other: ScalarRange, _ width: Width) {
        let operand = width == .double ? other.bits : other.bits.truncated(to: 32)
        bits = Tnum(value: bits.value & ~operand.value, mask: bits.mask & ~operand.value)
    }
}
