/// A number as a text writes it: a sign and up to 64 bits.
struct Number: Hashable {
    let isNegative: Bool
    let magnitude: UInt64

    init(isNegative: Bool = false, magnitude: UInt64) {
        self.isNegative = isNegative && magnitude != 0
        self.magnitude = magnitude
    }

    var negated: Number { Number(isNegative: !isNegative, magnitude: magnitude) }

    /// The number as a signed integer, or nil where it doesn't fit.
    func value<Value: FixedWidthInteger & SignedInteger>(as _: Value.Type) -> Value? {
        guard isNegative else { return Value(exactly: magnitude) }
        guard magnitude == Value.min.magnitude else { return Value(exactly: magnitude).map { 0 - $0 } }
        return Value.min
    }

    /// The number as bits: negative ones as two's complement, large positive ones as they are.
    func bits<Value: FixedWidthInteger & SignedInteger>(as type: Value.Type) -> Value?
    where Value.Magnitude: FixedWidthInteger {
        if let value = value(as: type) { return value }
        guard !isNegative, let pattern = Value.Magnitude(exactly: magnitude) else { return nil }
        return Value(truncatingIfNeeded: pattern)
    }
}

extension Number: CustomStringConvertible {
    var description: String { (isNegative ? "-" : "") + String(magnitude) }
}
