extension ClassicOperation.Arithmetic {
    /// The result on A and an operand, or nil for division and modulo by zero, which end a program with 0.
    func apply(_ a: UInt32, _ operand: UInt32, _ dialect: ClassicDialect) -> UInt32? {
        switch self {
        case .add: a &+ operand
        case .sub: a &- operand
        case .mul: a &* operand
        case .div: operand == 0 ? nil : a / operand
        case .mod: operand == 0 ? nil : a % operand
        case .or: a | operand
        case .and: a & operand
        case .xor: a ^ operand
        case .lsh: dialect == .libpcap && operand > 31 ? 0 : a &<< operand
        case .rsh: dialect == .libpcap && operand > 31 ? 0 : a &>> operand
        }
    }
}

extension ClassicOperation.Condition {
    /// Whether the condition holds of A and an operand, both unsigned.
    func holds(_ a: UInt32, _ operand: UInt32) -> Bool {
        switch self {
        case .equal: a == operand
        case .greater: a > operand
        case .greaterOrEqual: a >= operand
        case .anyBit: a & operand != 0
        }
    }
}
