import BPFModel

/// Statements that start with a register.
extension Parser {
    /// `r1 += r2`, or `r1 =` and a value.
    mutating func assignment() throws(Problem) -> Draft.Body {
        let token = current
        let target = try register()
        guard current.kind == .symbol, let operation = Operators.assignments[current.text] else {
            throw .expected("an assignment operator such as '=' or '+='", found: current)
        }
        advance()
        if operation == .mov { return try value(into: target, written: token) }
        return .complete(.alu(operation, target.width, target.register, try operand(target.width)))
    }

    private mutating func value(
        into target: Names.NamedRegister, written token: Token
    ) throws(Problem) -> Draft.Body {
        if isSymbol("*") { return .complete(try load(into: target, written: token)) }
        if isSymbol("(") { return .complete(try signExtension(into: target)) }
        if isSymbol("-"), Names.registers[self.token(ahead: 1).text] != nil {
            advance()
            try sameRegister(as: target, "negation")
            return .complete(.negate(target.width, target.register))
        }
        if startsRegister {
            return .complete(.alu(.mov, target.width, target.register, try operand(target.width)))
        }
        guard current.kind == .name else { return .complete(try constant(into: target, written: token)) }
        if let swap = Names.byteSwaps[current.text] {
            return .complete(try byteSwap(swap, into: target, written: token))
        }
        if let function = Names.atomicFunctions[current.text] {
            return .complete(try atomic(function, into: target, written: token))
        }
        if current.text == OrderedAccess.loadAcquire.function {
            return .complete(try loadAcquire(into: target, written: token))
        }
        if let word = WideWord(rawValue: current.text) {
            guard target.width == .double else { throw .wideTarget(token, target.register) }
            advance()
            return try wideReference(word, into: target.register)
        }
        return .complete(try constant(into: target, written: token))
    }

    /// `(s8)r2`.
    private mutating func signExtension(into target: Names.NamedRegister) throws(Problem) -> Instruction {
        try expect("(")
        let position = current.position
        guard current.kind == .name, let bits = Names.casts[current.text] else {
            throw .expected("s8, s16 or s32", found: current)
        }
        guard target.width == .double || bits != .bits32 else {
            throw .noSuchSize("s32", "a 32-bit sign extension", sizes: "s8 or s16", at: position)
        }
        advance()
        try expect(")")
        let source = try register(target.width, why: "the first operand has \(target.width.rawValue) bits")
        return .moveSignExtended(bits, target.width, target.register, source)
    }

    /// `be16 r1`.
    private mutating func byteSwap(
        _ swap: Names.NamedSwap, into target: Names.NamedRegister, written token: Token
    ) throws(Problem) -> Instruction {
        let name = current.text
        guard target.width == .double else {
            throw .registerWidth(token, needs: target.register.name(.double), why: "all 64 bits are written")
        }
        advance()
        try sameRegister(as: target, name)
        return .byteSwap(swap.swap, swap.width, target.register)
    }

    private mutating func sameRegister(as target: Names.NamedRegister, _ operation: String) throws(Problem) {
        let token = current
        guard try register() == target else {
            throw .inPlace(token, needs: target.register.name(target.width), operation: operation)
        }
    }

    /// A number of 32 bits, or of 64 with `ll` behind it.
    private mutating func constant(
        into target: Names.NamedRegister, written token: Token
    ) throws(Problem) -> Instruction {
        let position = current.position
        let number = try number("a value")
        guard acceptName("ll") else {
            guard let value = number.bits(as: Int32.self) else { throw .needsWideLoad(number, at: position) }
            return .alu(.mov, target.width, target.register, .immediate(value))
        }
        guard target.width == .double else { throw .wideTarget(token, target.register) }
        return .loadWide(target.register, .value(try wideValue(number, at: position)))
    }

    func wideValue(_ number: Number, at position: SourcePosition) throws(Problem) -> UInt64 {
        guard let value = number.bits(as: Int64.self) else {
            throw .outOfRange(
                number, "64-bit immediate", limits: "\(Int64.min) and \(UInt64.max)", at: position)
        }
        return UInt64(bitPattern: value)
    }
}

/// What only a wide load can hold: maps, functions and variables.
extension Parser {
    /// What follows `map`, `subprog` or `var`.
    mutating func wideReference(_ word: WideWord, into target: Register) throws(Problem) -> Draft.Body {
        switch word {
        case .map:
            if !isSymbol("[") { return try namedMap(into: target) }
            return .complete(.loadWide(target, try numberedMap()))
        case .function:
            if isSymbol("[") {
                advance()
                let offset = try number(as: Int32.self, "function offset")
                try expect("]")
                return .complete(.loadWide(target, .function(offset)))
            }
            return .function(target, try reference("the label of a function"))
        case .variable:
            try expect("[")
            let id = try field("id")
            try expect(",")
            let module = try field("module")
            try expect("]")
            return .complete(.loadWide(target, .variable(id, module: module)))
        }
    }

    /// `[fd:5]`, `[idx:5]`, and for the address of the value `[fd:5][0]+8`.
    private mutating func numberedMap() throws(Problem) -> WideImmediate {
        try expect("[")
        let isIndex = isName("idx")
        guard isIndex || isName("fd") else { throw .expected("'fd' or 'idx'", found: current) }
        let number = try field(isIndex ? "idx" : "fd")
        try expect("]")
        guard let offset = try valueOffset() else { return isIndex ? .mapIndex(number) : .map(number) }
        return isIndex ? .mapIndexValue(number, offset: offset) : .mapValue(number, offset: offset)
    }

    /// `flows`, or for the address of the value `flows[0]+8`.
    private mutating func namedMap(into target: Register) throws(Problem) -> Draft.Body {
        let map = try reference("a map's name or '[fd:N]'")
        guard let offset = try valueOffset() else { return .map(target, map) }
        return .mapValue(target, map, offset: offset)
    }

    /// `[0]+8` where it is next.
    private mutating func valueOffset() throws(Problem) -> Int32? {
        guard accept("[") else { return nil }
        guard case .number(0) = current.kind else {
            throw .expected("'0', the only element whose value can be addressed", found: current)
        }
        advance()
        try expect("]")
        guard isSymbol("+") || isSymbol("-") else { return 0 }
        return try number(as: Int32.self, "offset")
    }

    /// `name:` and a number.
    private mutating func field(_ name: String) throws(Problem) -> Int32 {
        guard acceptName(name) else { throw .expected("'\(name)'", found: current) }
        try expect(":")
        return try number(as: Int32.self, "number")
    }

    /// A name to look up later, quoted or not.
    mutating func reference(_ what: String) throws(Problem) -> Draft.Reference {
        let token = current
        switch token.kind {
        case .name where !Vocabulary.reserved.contains(token.text):
            advance()
            return Draft.Reference(name: token.text, position: token.position)
        case .string(let name):
            advance()
            return Draft.Reference(name: name, position: token.position)
        case .name, .number, .symbol, .helperMark, .separator, .end, .invalid:
            throw .expected(what, found: token)
        }
    }
}
