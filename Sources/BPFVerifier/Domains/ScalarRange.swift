/// Everything known of a 64-bit number: its bits, and the bounds of the whole and of its low half.
package struct ScalarRange: Hashable, Sendable {
    package var bits: Tnum
    package var wide: Bounds<UInt64>
    package var narrow: Bounds<UInt32>

    package init(bits: Tnum, wide: Bounds<UInt64>, narrow: Bounds<UInt32>) {
        self.bits = bits
        self.wide = wide
        self.narrow = narrow
    }

    /// A known number.
    package init(_ value: UInt64) {
        self.init(bits: Tnum(value), wide: Bounds(value), narrow: Bounds(UInt32(truncatingIfNeeded: value)))
    }

    package static let unknown = ScalarRange(bits: .unknown, wide: .unknown, narrow: .unknown)

    /// Any number that fits into the low `count` bits.
    package static func unsigned(bits count: Int) -> ScalarRange {
        guard count < 64 else { return .unknown }
        var range = unknown
        range.bits = Tnum.unknown.truncated(to: count)
        range.refine()
        return range
    }

    package var isConstant: Bool { bits.isConstant }
    /// The number, where it is known.
    package var constant: UInt64? { bits.isConstant ? bits.value : nil }

    /// Whether no number has all of this.
    package var isEmpty: Bool { wide.isEmpty || narrow.isEmpty }

    package func contains(_ value: UInt64) -> Bool {
        bits.contains(value) && wide.contains(value) && narrow.contains(UInt32(truncatingIfNeeded: value))
    }

    /// Whether every number within `other` is within this range.
    package func contains(_ other: ScalarRange) -> Bool {
        wide.contains(other.wide) && narrow.contains(other.narrow) && bits.contains(other.bits)
    }
}

extension ScalarRange {
    /// What is known of a number that lies within both ranges; nil where none does.
    package func intersection(_ other: ScalarRange) -> ScalarRange? {
        guard let common = bits.intersection(other.bits) else { return nil }
        var result = ScalarRange(bits: common, wide: wide, narrow: narrow)
        result.wide.clamp(other.wide)
        result.narrow.clamp(other.narrow)
        result.refine()
        return result.isEmpty ? nil : result
    }
}

// MARK: Refinement

extension ScalarRange {
    /// Lets bits and bounds learn from each other; leaves the range empty where they contradict.
    package mutating func refine() {
        if bits.isConstant {
            guard contains(bits.value) else { return becomeEmpty() }
            self = ScalarRange(bits.value)
            return
        }
        learnBoundsFromBits()
        deduceBounds()
        deduceBounds()
        learnBitsFromBounds()
        learnBoundsFromBits()
    }

    private mutating func becomeEmpty() {
        wide.umin = .max
        wide.umax = .min
    }

    private mutating func learnBoundsFromBits() {
        let sign = UInt64(1) << 63
        wide.clamp(unsigned: bits.lowest, bits.highest)
        wide.clamp(
            signed: Int64(bitPattern: bits.value | bits.mask & sign),
            Int64(bitPattern: bits.value | bits.mask & ~sign))
        let value = UInt32(truncatingIfNeeded: bits.value)
        let mask = UInt32(truncatingIfNeeded: bits.mask)
        let narrowSign = UInt32(1) << 31
        narrow.clamp(unsigned: value, value | mask)
        narrow.clamp(
            signed: Int32(bitPattern: value | mask & narrowSign), Int32(bitPattern: value | mask & ~narrowSign))
    }

    private mutating func deduceBounds() {
        learnNarrowFromWide()
        narrow.deduce()
        wide.deduce()
        learnWideFromNarrow()
    }

    /// Where the high halves of both bounds are equal, the low halves are bounds of the low half.
    private mutating func learnNarrowFromWide() {
        if wide.umin >> 32 == wide.umax >> 32 {
            learnNarrow(UInt32(truncatingIfNeeded: wide.umin), UInt32(truncatingIfNeeded: wide.umax))
        }
        if wide.smin >> 32 == wide.smax >> 32 {
            learnNarrow(UInt32(truncatingIfNeeded: wide.smin), UInt32(truncatingIfNeeded: wide.smax))
        }
        // A range that crosses one border between high halves can still be in order when read as signed.
        learnAcrossBorder(wide.umin, wide.umax)
        learnAcrossBorder(UInt64(bitPattern: wide.smin), UInt64(bitPattern: wide.smax))
    }

    private mutating func learnAcrossBorder(_ low: UInt64, _ high: UInt64) {
        let least = Int32(truncatingIfNeeded: low)
        let most = Int32(truncatingIfNeeded: high)
        if (low >> 32 &+ 1) & 0xffff_ffff == high >> 32, least < 0, most >= 0 { narrow.clamp(signed: least, most) }
    }

    private mutating func learnNarrow(_ low: UInt32, _ high: UInt32) {
        narrow.clamp(unsigned: low, high)
        if Int32(bitPattern: low) <= Int32(bitPattern: high) {
            narrow.clamp(signed: Int32(bitPattern: low), Int32(bitPattern: high))
        }
    }

    private mutating func learnWideFromNarrow() {
        let high = UInt64.max << 32
        wide.clamp(
            unsigned: wide.umin & high | UInt64(narrow.umin), wide.umax & high | UInt64(narrow.umax))
        wide.clamp(
            signed: wide.smin & Int64(bitPattern: high) | Int64(narrow.umin),
            wide.smax & Int64(bitPattern: high) | Int64(narrow.umax))
        // A number that fits into 32 signed bits is its low half, sign-extended.
        if wide.smin >= Int64(Int32.min) && wide.smax <= Int64(Int32.max) {
            wide.clamp(signed: Int64(narrow.smin), Int64(narrow.smax))
        }
    }

    private mutating func learnBitsFromBounds() {
        guard !isEmpty else { return }
        guard let whole = bits.intersection(Tnum(from: wide.umin, through: wide.umax)),
            let low = whole.truncated(to: 32).intersection(
                Tnum(from: UInt64(narrow.umin), through: UInt64(narrow.umax)))
        else { return becomeEmpty() }
        bits = low.withHighHalf(of: whole)
    }
}
