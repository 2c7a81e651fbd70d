/// Each operation bounds every result that operands within the bounds can give.
extension Bounds {
    /// The unsigned sum wraps for all numbers, for none, or nothing is known of it.
    package func adding(_ other: Bounds) -> Bounds {
        var result = Bounds.unknown
        let low = umin.addingReportingOverflow(other.umin)
        let high = umax.addingReportingOverflow(other.umax)
        if low.overflow == high.overflow {
            result.umin = low.partialValue
            result.umax = high.partialValue
        }
        let least = smin.addingReportingOverflow(other.smin)
        let most = smax.addingReportingOverflow(other.smax)
        if !least.overflow && !most.overflow {
            result.smin = least.partialValue
            result.smax = most.partialValue
        }
        return result
    }

    package func subtracting(_ other: Bounds) -> Bounds {
        var result = Bounds.unknown
        let low = umin.subtractingReportingOverflow(other.umax)
        let high = umax.subtractingReportingOverflow(other.umin)
        if low.overflow == high.overflow {
            result.umin = low.partialValue
            result.umax = high.partialValue
        }
        let least = smin.subtractingReportingOverflow(other.smax)
        let most = smax.subtractingReportingOverflow(other.smin)
        if !least.overflow && !most.overflow {
            result.smin = least.partialValue
            result.smax = most.partialValue
        }
        return result
    }

    package func multiplied(by other: Bounds) -> Bounds {
        var result = Bounds.unknown
        let high = umax.multipliedReportingOverflow(by: other.umax)
        if !high.overflow {
            result.umin = umin &* other.umin
            result.umax = high.partialValue
        }
        let first = smin.multipliedReportingOverflow(by: other.smin)
        let second = smin.multipliedReportingOverflow(by: other.smax)
        let third = smax.multipliedReportingOverflow(by: other.smin)
        let fourth = smax.multipliedReportingOverflow(by: other.smax)
        if !(first.overflow || second.overflow || third.overflow || fourth.overflow) {
            result.smin = min(
                min(first.partialValue, second.partialValue), min(third.partialValue, fourth.partialValue))
            result.smax = max(
                max(first.partialValue, second.partialValue), max(third.partialValue, fourth.partialValue))
        }
        return result
    }

    /// - Parameter bits: what is known of the result's bits, from its lowest to its highest number.
    package func and(_ other: Bounds, bits: (low: Unsigned, high: Unsigned)) -> Bounds {
        Bounds(unsigned: bits.low, min(min(umax, other.umax), bits.high))
    }

    package func or(_ other: Bounds, bits: (low: Unsigned, high: Unsigned)) -> Bounds {
        Bounds(unsigned: max(max(umin, other.umin), bits.low), bits.high)
    }

    package func xor(_ other: Bounds, bits: (low: Unsigned, high: Unsigned)) -> Bounds {
        Bounds(unsigned: bits.low, bits.high)
    }

    /// - Parameter count: the number of bits, below the width.
    package func shiftedLeft(by count: Unsigned) -> Bounds {
        guard umax <= Unsigned.max >> count else { return .unknown }
        return Bounds(unsigned: umin << count, umax << count)
    }

    package func shiftedRight(by count: Unsigned) -> Bounds {
        Bounds(unsigned: umin >> count, umax >> count)
    }

    package func arithmeticallyShiftedRight(by count: Unsigned) -> Bounds {
        Bounds(signed: smin >> Signed(truncatingIfNeeded: count), smax >> Signed(truncatingIfNeeded: count))
    }
}
