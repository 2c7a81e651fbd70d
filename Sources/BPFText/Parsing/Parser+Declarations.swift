import BPFModel

/// Directives: what a program is called, what it attaches to, its maps and constants.
extension Parser {
    mutating func declaration(_ directive: Directive, at position: SourcePosition) throws(Problem) {
        switch directive {
        case .name: draft.name = try once(draft.name, directive, at: position, "a name")
        case .license: draft.license = try once(draft.license, directive, at: position, "a licence such as \"GPL\"")
        case .type: try programType(at: position)
        case .map: try map()
        case .constant: try constant()
        }
    }

    private mutating func once(
        _ known: String?, _ directive: Directive, at position: SourcePosition, _ what: String
    ) throws(Problem) -> String {
        if known != nil { throw .repeated(directive, at: position) }
        return try text(what)
    }

    /// A word, or quoted text.
    mutating func text(_ what: String) throws(Problem) -> String {
        let token = current
        switch token.kind {
        case .name:
            advance()
            return token.text
        case .string(let contents):
            advance()
            return contents
        case .number, .symbol, .helperMark, .separator, .end, .invalid:
            throw .expected(what, found: token)
        }
    }

    private mutating func programType(at position: SourcePosition) throws(Problem) {
        if draft.type != nil { throw .repeated(.type, at: position) }
        let names = ProgramType.allCases.map(\.name)
        let token = current
        guard let type = ProgramType(name: try text("a program type: " + names.joined(separator: ", "))) else {
            throw .unknownChoice(token, "program type", among: names)
        }
        draft.type = type
    }

    /// `.equ NAME, value`.
    private mutating func constant() throws(Problem) {
        let token = current
        guard token.kind == .name else { throw .expected("a name", found: token) }
        advance()
        try claim(token, as: "constant", first: nil)
        if draft.constants[token.text] != nil { throw .redefinedConstant(token) }
        try expect(",")
        draft.constants[token.text] = try number()
    }

    mutating func mapType() throws(Problem) -> MapType {
        let token = current
        let names = MapType.allCases.map(\.name)
        let name = try text("a map type: " + names.joined(separator: ", "))
        guard let type = MapType.allCases.first(where: { $0.name == name }) else {
            throw .unknownChoice(token, "map type", among: names)
        }
        return type
    }
}
