/// An unsigned word with the signed word of the same width.
protocol Word: FixedWidthInteger, UnsignedInteger, Sendable {
    associatedtype Signed: FixedWidthInteger, SignedInteger, Sendable
}

extension UInt8: Word { typealias Signed = Int8 }
extension UInt32: Word { typealias Signed = Int32 }
extension UInt64: Word { typealias Signed = Int64 }

/// The least and the greatest number a word can be, read as unsigned and as signed.
struct Bounds<Unsigned: Word>: Hashable {
    typealias Signed = Unsigned.Signed

    var umin: Unsigned
    var umax: Unsigned
    var smin: Signed
    var smax: Signed

    init(umin: Unsigned, umax: Unsigned, smin: Signed, smax: Signed) {
        self.umin = umin
        self.umax = umax
        self.smin = smin
        self.smax = smax
    }

    /// A known number.
    init(_ value: Unsigned) {
        let signed = Signed(truncatingIfNeeded: value)
        self.init(umin: value, umax: value, smin: signed, smax: signed)
    }

    /// Any number.
    static var unknown: Bounds { Bounds(umin: .min, umax: .max, smin: .min, smax: .max) }

    /// Numbers of which only the unsigned bounds are known.
    init(unsigned low: Unsigned, _ high: Unsigned) {
        self.init(umin: low, umax: high, smin: .min, smax: .max)
        deduce()
    }

    /// Numbers of which only the signed bounds are known.
    init(signed low: Signed, _ high: Signed) {
        self.init(umin: .min, umax: .max, smin: low, smax: high)
        deduce()
    }

    var isEmpty: Bool { umin > umax || smin > smax }
    var isConstant: Bool { umin == umax }

    func contains(_ value: Unsigned) -> Bool {
        let signed = Signed(truncatingIfNeeded: value)
        return umin <= value && value <= umax && smin <= signed && signed <= smax
    }

    /// Whether every number within `other` is within these bounds.
    func contains(_ other: Bounds) -> Bool {
        umin <= other.umin && other.umax <= umax && smin <= other.smin && other.smax <= smax
    }

    mutating func clamp(unsigned low: Unsigned, _ high: Unsigned) {
        umin = max(umin, low)
        umax = min(umax, high)
    }

    mutating func clamp(signed low: Signed, _ high: Signed) {
        smin = max(smin, low)
        smax = min(smax, high)
    }

    mutating func clamp(_ other: Bounds) {
        clamp(unsigned: other.umin, other.umax)
        clamp(signed: other.smin, other.smax)
    }

    /// Lets the signed and the unsigned bounds learn from each other.
    ///
    /// A range that doesn't cross the border between the greatest and the least number of the other reading has
    /// the same order there. Where the signed range crosses it, the unsigned one may still lie in one half only.
    mutating func deduce() {
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
