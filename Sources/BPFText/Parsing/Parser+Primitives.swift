import BPFModel

/// Registers, numbers and the operands made of them.
extension Parser {
    /// A register of either width.
    mutating func register() throws(Problem) -> Names.NamedRegister {
        guard current.kind == .name, let register = Names.registers[current.text] else {
            throw .expectedRegister(found: current)
        }
        advance()
        return register
    }

    /// A register of one width.
    mutating func register(_ width: Width, why: String) throws(Problem) -> Register {
        let token = current
        let named = try register()
        guard named.width == width else {
            throw .registerWidth(token, needs: named.register.name(width), why: why)
        }
        return named.register
    }

    /// A register that holds all 64 bits: of addresses, and of uBPF's syntax.
    mutating func wholeRegister() throws(Problem) -> Register {
        try register(.double, why: "64 bits are used")
    }

    /// A register whose value goes to or comes from memory of a size: a 32-bit name only for up to 32 bits.
    mutating func register(for size: MemorySize) throws(Problem) -> Register {
        let token = current
        let named = try register()
        guard named.width == .double || size != .double else {
            throw .registerWidth(token, needs: named.register.name(.double), why: "64 bits are used")
        }
        return named.register
    }

    /// A register of the width of the first operand, or a 32-bit number.
    mutating func operand(_ width: Width) throws(Problem) -> Operand {
        if startsRegister {
            return .register(try register(width, why: "the first operand has \(width.rawValue) bits"))
        }
        return .immediate(try immediate())
    }

    /// Whether a register is next, known or not.
    var startsRegister: Bool {
        current.kind == .name
            && (Names.registers[current.text] != nil || Names.looksLikeRegister(current.text))
    }

    /// A number of 32 bits, signed or as a bit pattern.
    mutating func immediate() throws(Problem) -> Int32 {
        let position = current.position
        let number = try number()
        guard let value = number.bits(as: Int32.self) else { throw .needsWideLoad(number, at: position) }
        return value
    }

    /// A number with its sign: digits, or a constant's name.
    mutating func number(_ what: String = "a number") throws(Problem) -> Number {
        if accept("-") { return try unsignedNumber(what).negated }
        _ = accept("+")
        return try unsignedNumber(what)
    }

    private mutating func unsignedNumber(_ what: String) throws(Problem) -> Number {
        let token = current
        switch token.kind {
        case .number(let magnitude):
            advance()
            return Number(magnitude: magnitude)
        case .name:
            guard let constant = draft.constants[token.text] else {
                throw .unknownConstant(token, what, among: Array(draft.constants.keys))
            }
            advance()
            return constant
        case .string, .symbol, .helperMark, .separator, .end, .invalid:
            throw .expected(what, found: token)
        }
    }

    /// A number within the limits of a field.
    mutating func number<Value: FixedWidthInteger & SignedInteger>(
        as type: Value.Type, _ what: String, remedy: String = ""
    ) throws(Problem) -> Value {
        let position = current.position
        let number = try number()
        guard let value = number.value(as: type) else {
            throw .outOfRange(number, what, limits: "\(Value.min) and \(Value.max)" + remedy, at: position)
        }
        return value
    }
}

extension Names {
    /// Whether a name is written as registers are: `r` or `w` and a number.
    static func looksLikeRegister(_ name: String) -> Bool {
        let number = name.dropFirst()
        return (name.hasPrefix("r") || name.hasPrefix("w")) && !number.isEmpty
            && number.utf8.allSatisfy(Characters.isDigit)
    }
}
