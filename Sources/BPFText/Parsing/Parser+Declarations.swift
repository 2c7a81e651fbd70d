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
    private mutating func text(_ what: String) throws(Problem) -> String {
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

    /// `.map NAME TYPE key N value N entries N`, with `flags N`, `number N` and `lock N`, the place of a spin
    /// lock in the value, where wanted.
    private mutating func map() throws(Problem) {
        let token = current
        let name = try text("a map's name")
        if let first = draft.maps.first(where: { !name.isEmpty && $0.spec.name == name }) {
            throw .duplicate(token, "map", first: first.position)
        }
        let type = try mapType()
        var values: [MapAttribute: UInt32] = [:]
        var number: Int32?
        while !current.endsStatement {
            let attribute = current
            guard attribute.kind == .name, let known = MapAttribute(rawValue: attribute.text) else {
                throw .unknownChoice(attribute, "map attribute", among: MapAttribute.allCases.map(\.rawValue))
            }
            advance()
            if known == .number {
                if number != nil { throw .repeatedAttribute(attribute) }
                number = try self.number(as: Int32.self, "map number")
            } else {
                if values[known] != nil { throw .repeatedAttribute(attribute) }
                values[known] = try size(known)
            }
        }
        func required(_ attribute: MapAttribute) throws(Problem) -> Int {
            guard let value = values[attribute] else { throw .missingAttribute(attribute.rawValue, token) }
            return Int(value)
        }
        var spec = MapSpec(
            name: name, type: type, keySize: try required(.key), valueSize: try required(.value),
            maxEntries: try required(.entries), flags: MapFlags(rawValue: values[.flags] ?? 0))
        spec.spinLock = values[.lock].map(Int.init)
        draft.maps.append(Draft.Map(spec: spec, number: number, position: token.position))
    }

    private mutating func mapType() throws(Problem) -> MapType {
        let token = current
        let names = MapType.allCases.map(\.name)
        let name = try text("a map type: " + names.joined(separator: ", "))
        guard let type = MapType.allCases.first(where: { $0.name == name }) else {
            throw .unknownChoice(token, "map type", among: names)
        }
        return type
    }

    private mutating func size(_ attribute: MapAttribute) throws(Problem) -> UInt32 {
        let position = current.position
        let number = try number()
        guard !number.isNegative, let value = UInt32(exactly: number.magnitude) else {
            throw .outOfRange(number, attribute.rawValue, limits: "0 and \(UInt32.max)", at: position)
        }
        return value
    }
}

/// The words of a map's declaration.
enum MapAttribute: String, CaseIterable {
    case key, value, entries, flags, number, lock
}
