/// A tristate number: what is known of each bit of a 64-bit value.
///
/// A bit is known to be as in `value` where `mask` is 0, and unknown where it is 1; `value` is 0 there.
///
///     value  0 1 0        means  0 1 ?
///     mask   0 0 1
package struct Tnum: Hashable, Sendable {
    /// The known bits.
    package let value: UInt64
    /// The unknown bits.
    package let mask: UInt64

    /// Makes a number of known and unknown bits, which must not overlap.
    package init(value: UInt64, mask: UInt64) {
        self.value = value
        self.mask = mask
    }

    /// A number of which every bit is known.
    package init(_ value: UInt64) { self.init(value: value, mask: 0) }

    /// A number of which nothing is known.
    package static let unknown = Tnum(value: 0, mask: .max)

    /// What is known of every number from `low` through `high`: their common leading bits.
    package init(from low: UInt64, through high: UInt64) {
        let differing = 64 - (low ^ high).leadingZeroBitCount
        guard differing < 64 else {
            self = .unknown
            return
        }
        let mask = (UInt64(1) << UInt64(differing)) &- 1
        self.init(value: low & ~mask, mask: mask)
    }

    package var isConstant: Bool { mask == 0 }
    /// The smallest unsigned number it can be.
    package var lowest: UInt64 { value }
    /// The greatest unsigned number it can be.
    package var highest: UInt64 { value | mask }

    package func contains(_ number: UInt64) -> Bool { number & ~mask == value }

    /// Whether every number that `other` can be, this one can be too.
    package func contains(_ other: Tnum) -> Bool { other.mask & ~mask == 0 && other.value & ~mask == value }

    /// What is known when both are known; nil where they contradict each other.
    package func intersection(_ other: Tnum) -> Tnum? {
        guard (value ^ other.value) & ~mask & ~other.mask == 0 else { return nil }
        let unknown = mask & other.mask
        return Tnum(value: (value | other.value) & ~unknown, mask: unknown)
    }

    /// The low bits, the rest cleared.
    package func truncated(to bits: Int) -> Tnum {
        guard bits < 64 else { return self }
        let low = (UInt64(1) << UInt64(bits)) &- 1
        return Tnum(value: value & low, mask: mask & low)
    }

    /// The low half of this one below the high half of `other`.
    package func withHighHalf(of other: Tnum) -> Tnum {
        let high = UInt64.max << 32
        return Tnum(value: value & ~high | other.value & high, mask: mask & ~high | other.mask & high)
    }
}

// MARK: Arithmetic

extension Tnum {
    package func adding(_ other: Tnum) -> Tnum {
        let unknown = mask &+ other.mask
        let sum = value &+ other.value
        let carries = (unknown &+ sum) ^ sum
        let result = carries | mask | other.mask
        return Tnum(value: sum & ~result, mask: result)
    }

    package func subtracting(_ other: Tnum) -> Tnum {
        let difference = value &- other.value
        let borrows = (difference &+ mask) ^ (difference &- other.mask)
        let result = borrows | mask | other.mask
        return Tnum(value: difference & ~result, mask: result)
    }

    /// Schoolbook multiplication: the known parts multiply, the unknown ones add up as shifted masks.
    package func multiplied(by other: Tnum) -> Tnum {
        let known = value &* other.value
        var left = self
        var right = other
        var uncertain = Tnum(0)
        while left.value != 0 || left.mask != 0 {
            if left.value & 1 != 0 {
                uncertain = uncertain.adding(Tnum(value: 0, mask: right.mask))
            } else if left.mask & 1 != 0 {
                uncertain = uncertain.adding(Tnum(value: 0, mask: right.value | right.mask))
            }
            left = Tnum(value: left.value >> 1, mask: left.mask >> 1)
            right = Tnum(value: right.value << 1, mask: right.mask << 1)
        }
        return Tnum(known).adding(uncertain)
    }

    package func and(_ other: Tnum) -> Tnum {
        let ones = value & other.value
        return Tnum(value: ones, mask: (value | mask) & (other.value | other.mask) & ~ones)
    }

    package func or(_ other: Tnum) -> Tnum {
        let ones = value | other.value
        return Tnum(value: ones, mask: (mask | other.mask) & ~ones)
    }

    package func xor(_ other: Tnum) -> Tnum {
        let unknown = mask | other.mask
        return Tnum(value: (value ^ other.value) & ~unknown, mask: unknown)
    }

    package func shiftedLeft(by count: UInt64) -> Tnum { Tnum(value: value &<< count, mask: mask &<< count) }

    package func shiftedRight(by count: UInt64) -> Tnum { Tnum(value: value &>> count, mask: mask &>> count) }

    /// Shifts in copies of the sign bit, known or not.
    package func arithmeticallyShiftedRight(by count: UInt64) -> Tnum {
        Tnum(
            value: UInt64(bitPattern: Int64(bitPattern: value) &>> Int64(bitPattern: count)),
            mask: UInt64(bitPattern: Int64(bitPattern: mask) &>> Int64(bitPattern: count)))
    }

    /// The low bits with copies of their sign bit, known or not, above.
    package func signExtended(from bits: Int) -> Tnum {
        let count = UInt64(64 - bits)
        return shiftedLeft(by: count).arithmeticallyShiftedRight(by: count)
    }
}
