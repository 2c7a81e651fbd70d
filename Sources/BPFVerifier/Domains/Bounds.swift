/// An unsigned word with the signed word of the same width.
package protocol Word: FixedWidthInteger, UnsignedInteger, Sendable {
    associatedtype Signed: FixedWidthInteger, SignedInteger, Sendable
}

extension UInt8: Word { package typealias Signed = Int8 }
extension UInt32: Word { package typealias Signed = Int32 }
extension UInt64: Word { package typealias Signed = Int64 }

/// The least and the greatest number a word can be, read as unsigned and as signed.
package struct Bounds<Unsigned: Word>: Hashable {
    package typealias Signed = Unsigned.Signed

    package var umin: Unsigned
    package var umax: Unsigned
    package var smin: Signed
    package var smax: Signed

    package init(umin: Unsigned, umax: Unsigned, smin: Signed, smax: Signed) {
        self.umin = umin
        self.umax = umax
        self.smin = smin
        self.smax = smax
    }

    /// A known number.
    package init(_ value: Unsigned) {
        let signed = Signed(truncatingIfNeeded: value)
        self.init(umin: value, umax: value, smin: signed, smax: signed)
    }

    /// Any number.
    package static var unknown: Bounds { Bounds(umin: .min, umax: .max, smin: .min, smax: .max) }

    /// Numbers of which only the unsigned bounds are known.
    package init(unsigned low: Unsigned, _ high: Unsigned) {
        self.init(umin: low, umax: high, smin: .min, smax: .max)
        deduce()
    }

    /// Numbers of which only the signed bounds are known.
    package init(signed low: Signed, _ high: Signed) {
        self.init(umin: .min, umax: .max, smin: low, smax: high)
        deduce()
    }

    package var isEmpty: Bool { umin > umax || smin > smax }
    package var isConstant: Bool { umin == umax }

    package func contains(_ value: Unsigned) -> Bool {
        let signed = Signed(truncatingIfNeeded: value)
        return umin <= value && value <= umax && smin <= signed && signed <= smax
    }

    /// Whether every number within `other` is within these bounds.
    package func contains(_ other: Bounds) -> Bool {
        umin <= other.umin && other.umax <= umax && smin <= other.smin && other.smax <= smax
    }

    package mutating func clamp(unsigned low: Unsigned, _ high: Unsigned) {
        umin = max(umin, low)
        umax = min(umax, high)
    }

    package mutating func clamp(signed low: Signed, _ high: Signed) {
        smin = max(smin, low)
        smax = min(smax, high)
    }

    package mutating func clamp(_ other: Bounds) {
        clamp(unsigned: other.umin, other.umax)
        clamp(signed: other.smin, other.smax)
    }

    /// Lets the signed and the unsigned bounds learn from each other.
    ///
    /// A range that doesn't cross the border between the greatest and the least number of the other reading has
    /// the same order there. Where the signed range crosses it, the unsigned one may still lie in one half only.
    package mutating func deduce() {
        if Signed(truncatingIfNeeded: umin) <= Signed(truncatingIfNeeded: umax) {
            clamp(signed: Signed(truncatingIfNeeded: umin), Signed(truncatingIfNeeded: umax))
        }
        if Unsigned(truncatingIfNeeded: smin) <= Unsigned(truncatingIfNeeded: smax) {
            clamp(unsigned: Unsigned(truncatingIfNeeded: smin), Unsigned(truncatingIfNeeded: smax))
        } else if umax < Unsigned(truncatingIfNeeded: smin) {
            umax = min(umax, Unsigned(truncatingIfNeeded: smax))
            smin = max(smin, 0)
        } else if umin > Unsigned(truncatingIfNeeded: smax) {
            umin = max(umin, Unsigned(truncatingIfNeeded: smin))
            smax = min(smax, -1)
        }
    }
}

extension Bounds: Sendable {}
