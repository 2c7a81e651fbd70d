import BPFModel

/// Layouts of keys and values: `u32`, `ipv4`, `bytes[6]`, `(source ipv4, port port, pad[2])[4]`.
///
///     layout = word | word '[' size ']' | 'enum' word '(' name '=' number ',' … ')' | '(' field ',' … ')'
///     layout = layout '[' count ']'
///     field  = name layout | name word ':' bits | 'pad' '[' bytes ']' | 'pad' ':' bits
///     field  = name 'at' byte layout | name 'at' byte ':' bit word ':' bits
///
/// Fields follow each other without gaps, except that bit-fields lie where C puts them, lowest bits first. Line ends
/// between parentheses count as spaces.
extension Parser {
    /// Whether a layout is next, rather than a number.
    var startsLayout: Bool {
        if isSymbol("(") { return true }
        return current.kind == .name && draft.constants[current.text] == nil
            && LayoutWords.first.contains(current.text)
    }

    mutating func layout() throws(Problem) -> ValueLayout {
        var layout = try element()
        while isSymbol("[") {
            let position = current.position
            let count = try bracketed("number of elements", limit: Self.largest)
            layout = .array(layout, count: try Self.product(layout.size, count, at: position))
        }
        return layout
    }

    /// The largest value, in bytes.
    private static var largest: Int { 1 << 24 }

    private static func product(_ size: Int, _ count: Int, at position: SourcePosition) throws(Problem) -> Int {
        guard size * count <= largest else { throw .layoutTooLarge(size * count, limit: largest, at: position) }
        return count
    }

    private mutating func element() throws(Problem) -> ValueLayout {
        if accept("(") { return try structure() }
        let token = current
        guard token.kind == .name else { throw .expected("a kind of value or '('", found: token) }
        if let layout = LayoutWords.simple[token.text] {
            advance()
            return layout
        }
        if let form = LayoutWords.sized[token.text] {
            advance()
            return ValueLayout(size: try bracketed("number of bytes", limit: Self.largest), form: form)
        }
        guard acceptName(LayoutWords.choice) else {
            throw .unknownChoice(token, "kind of value", among: LayoutWords.first)
        }
        return try choice()
    }

    private mutating func bracketed(_ what: String, limit: Int) throws(Problem) -> Int {
        try expect("[")
        let value = try size(what, in: 1...limit)
        try expect("]")
        return value
    }

    private mutating func size(_ what: String, in limits: ClosedRange<Int>) throws(Problem) -> Int {
        let position = current.position
        let number = try number()
        guard let value = number.value(as: Int.self), limits.contains(value) else {
            throw .outOfRange(number, what, limits: "\(limits.lowerBound) and \(limits.upperBound)", at: position)
        }
        return value
    }

    /// `enum u8 (tcp = 6, udp = 17)`, from the number's kind on.
    private mutating func choice() throws(Problem) -> ValueLayout {
        let token = current
        let number = try element()
        guard number.form == .unsigned else { throw .expected("a number such as u8", found: token) }
        try expect("(")
        var choices: [ValueLayout.Choice] = []
        while true {
            skipLineEnds()
            if accept(")") { break }
            let name = try fieldName()
            try expect("=")
            choices.append(ValueLayout.Choice(name, try self.number(as: Int64.self, "value")))
            skipLineEnds()
            if accept(")") { break }
            try expect(",")
        }
        return ValueLayout(size: number.size, form: .choice(choices))
    }

    /// The fields, from behind the parenthesis.
    private mutating func structure() throws(Problem) -> ValueLayout {
        var fields = FieldList()
        while true {
            skipLineEnds()
            if accept(")") { break }
            try field(&fields)
            guard fields.size <= Self.largest else {
                throw .layoutTooLarge(fields.size, limit: Self.largest, at: current.position)
            }
            skipLineEnds()
            if accept(")") { break }
            try expect(",")
        }
        return fields.layout
    }

    private mutating func field(_ fields: inout FieldList) throws(Problem) {
        if isName(LayoutWords.padding), isSymbol("[", ahead: 1) {
            advance()
            return fields.skip(bytes: try bracketed("number of bytes", limit: Self.largest))
        }
        if isName(LayoutWords.padding), isSymbol(":", ahead: 1) {
            advance()
            advance()
            return fields.skip(bits: try size("number of bits", in: 1...64))
        }
        let name = try fieldName()
        var place: (byte: Int, bit: Int?)?
        if acceptName(LayoutWords.place) {
            place = (try size("offset", in: 0...Self.largest), nil)
            if accept(":") { place?.bit = try size("first bit", in: 0...63) }
        }
        let token = current
        let layout = try layout()
        guard accept(":") else {
            if place?.bit != nil { throw .expected("':' and a number of bits", found: current) }
            return fields.add(name, layout, at: place?.byte)
        }
        guard layout.isNumber else { throw .bitsOfNoNumber(token) }
        let limit = layout.size * 8 - (place?.bit ?? 0)
        guard limit > 0 else { throw .bitsOfNoNumber(token) }
        let count = try size("number of bits", in: 1...limit)
        fields.add(name, layout, bits: count, at: place.map { ($0.byte, $0.bit ?? 0) })
    }

    private mutating func fieldName() throws(Problem) -> String {
        let token = current
        switch token.kind {
        case .name:
            advance()
            return token.text
        case .string(let contents):
            advance()
            return contents
        case .number, .symbol, .helperMark, .separator, .end, .invalid:
            throw .expected("a field's name", found: token)
        }
    }

    private mutating func skipLineEnds() { while current.kind == .separator { advance() } }
}

extension AssemblyError.Problem {
    static func layoutTooLarge(_ size: Int, limit: Int, at position: SourcePosition) -> Self {
        Self(at: position, "value has \(size) bytes, at most \(limit) are possible")
    }

    static func bitsOfNoNumber(_ token: Token) -> Self {
        Self(at: token.position, "bits can only be taken of a number such as u16, and of bits it has")
    }
}
