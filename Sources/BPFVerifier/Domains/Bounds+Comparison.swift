package import BPFModel

extension Bounds {
    /// Whether the comparison holds for all numbers within the bounds, for none (false), or it depends (nil).
    package func decides(_ condition: BranchCondition, _ other: Bounds) -> Bool? {
        switch condition {
        case .equal:
            if isConstant && other.isConstant && umin == other.umin { return true }
            return isDisjoint(other) ? false : nil
        case .notEqual: return decides(.equal, other).map { !$0 }
        case .greater: return Self.less(other.umin, other.umax, umin, umax)
        case .less: return Self.less(umin, umax, other.umin, other.umax)
        case .greaterOrEqual: return Self.less(umin, umax, other.umin, other.umax).map { !$0 }
        case .lessOrEqual: return Self.less(other.umin, other.umax, umin, umax).map { !$0 }
        case .signedGreater: return Self.less(other.smin, other.smax, smin, smax)
        case .signedLess: return Self.less(smin, smax, other.smin, other.smax)
        case .signedGreaterOrEqual: return Self.less(smin, smax, other.smin, other.smax).map { !$0 }
        case .signedLessOrEqual: return Self.less(other.smin, other.smax, smin, smax).map { !$0 }
        case .bitsSet: return nil
        }
    }

    private func isDisjoint(_ other: Bounds) -> Bool {
        umin > other.umax || umax < other.umin || smin > other.smax || smax < other.smin
    }

    /// Whether every number of the first range is less than every one of the second, none is (false), or neither.
    private static func less<Number: Comparable>(
        _ low: Number, _ high: Number, _ otherLow: Number, _ otherHigh: Number
    ) -> Bool? {
        if high < otherLow { return true }
        return low >= otherHigh ? false : nil
    }

    /// Narrows both operands to the numbers for which the comparison can hold.
    ///
    /// Bounds may come out empty: then it can't hold. `bitsSet` says nothing about bounds.
    package static func assume(_ condition: BranchCondition, _ left: inout Bounds, _ right: inout Bounds) {
        switch condition {
        case .equal:
            left.clamp(right)
            right.clamp(left)
        case .notEqual:
            if right.isConstant { left.exclude(right.umin) }
            if left.isConstant { right.exclude(left.umin) }
        case .less: assumeLess(&left.umin, &left.umax, &right.umin, &right.umax, by: 1)
        case .lessOrEqual: assumeLess(&left.umin, &left.umax, &right.umin, &right.umax, by: 0)
        case .greater: assumeLess(&right.umin, &right.umax, &left.umin, &left.umax, by: 1)
        case .greaterOrEqual: assumeLess(&right.umin, &right.umax, &left.umin, &left.umax, by: 0)
        case .signedLess: assumeLess(&left.smin, &left.smax, &right.smin, &right.smax, by: 1)
        case .signedLessOrEqual: assumeLess(&left.smin, &left.smax, &right.smin, &right.smax, by: 0)
        case .signedGreater: assumeLess(&right.smin, &right.smax, &left.smin, &left.smax, by: 1)
        case .signedGreaterOrEqual: assumeLess(&right.smin, &right.smax, &left.smin, &left.smax, by: 0)
        case .bitsSet: break
        }
    }

    /// Narrows two ranges so that the first number plus `gap` can be at most the second.
    private static func assumeLess<Number: FixedWidthInteger>(
        _ low: inout Number, _ high: inout Number, _ otherLow: inout Number, _ otherHigh: inout Number,
        by gap: Number
    ) {
        let most = otherHigh.subtractingReportingOverflow(gap)
        let least = low.addingReportingOverflow(gap)
        guard !most.overflow && !least.overflow else {
            // Nothing is below the least number, nor above the greatest.
            (low, high) = (.max, .min)
            return
        }
        high = min(high, most.partialValue)
        otherLow = max(otherLow, least.partialValue)
    }

    private mutating func exclude(_ value: Unsigned) {
        guard !isConstant || umin != value else {
            (umin, umax) = (.max, .min)
            return
        }
        let signed = Signed(truncatingIfNeeded: value)
        if umin == value { umin &+= 1 }
        if umax == value { umax &-= 1 }
        if smin == signed { smin &+= 1 }
        if smax == signed { smax &-= 1 }
    }
}
