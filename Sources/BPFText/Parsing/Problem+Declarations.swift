/// The mistakes of declarations and names, in words.
extension AssemblyError.Problem {
    static func wideTarget(_ token: Token, _ register: some CustomStringConvertible) -> Self {
        registerWidth(token, needs: "\(register)", why: "a 64-bit immediate fills 64 bits")
    }

    static func helperNumber(_ name: Token, known: Int32, found: Int32) -> Self {
        Self(at: name.position, "helper '\(name.text)' has number \(known), not \(found)")
    }

    static func repeated(_ directive: Directive, at position: SourcePosition) -> Self {
        Self(at: position, "\(directive.rawValue) is already given, a program has one")
    }

    static func unknownChoice(_ token: Token, _ what: String, among names: [String]) -> Self {
        if case .invalid(let problem) = token.kind { return problem }
        let hint = WordList(names).suggestion(for: token.text)
        let choices = ", expected one of " + names.joined(separator: ", ")
        return Self(at: token.position, "unknown \(what) \(token.described)\(hint.isEmpty ? choices : hint)")
    }

    static func redefinedConstant(_ token: Token) -> Self {
        Self(at: token.position, "constant '\(token.text)' is already defined")
    }

    static func repeatedAttribute(_ token: Token) -> Self {
        Self(at: token.position, "map attribute '\(token.text)' is already given")
    }

    static func missingAttribute(_ attribute: String, _ map: Token) -> Self {
        Self(at: map.position, "map \(map.described) needs '\(attribute)' and a number")
    }

    static func duplicateMapNumber(_ number: Int32, _ name: String, first: String, at position: SourcePosition) -> Self
    {
        Self(at: position, "map '\(name)' has number \(number), which map '\(first)' has already")
    }

    static func unknownLabel(_ reference: Draft.Reference, among labels: some Sequence<String>) -> Self {
        Self(
            at: reference.position,
            "unknown label '\(reference.name)'\(WordList(labels).suggestion(for: reference.name))")
    }

    static func unknownCallee(_ reference: Draft.Reference, among names: some Sequence<String>) -> Self {
        Self(
            at: reference.position,
            "unknown helper or label '\(reference.name)'\(WordList(names).suggestion(for: reference.name))")
    }

    static func unknownMap(_ reference: Draft.Reference, among maps: [String]) -> Self {
        let remedy = maps.isEmpty ? ": declare it with .map" : ""
        return Self(
            at: reference.position,
            "unknown map '\(reference.name)'\(WordList(maps).suggestion(for: reference.name))\(remedy)")
    }

    static func labelIsHelper(_ name: String, at position: SourcePosition) -> Self {
        Self(at: position, "'\(name)' is a helper's name and cannot name a label")
    }

    static func tooFar(_ label: Draft.Reference, distance: Int, limit: Int, remedy: String) -> Self {
        Self(
            at: label.position,
            "jump to '\(label.name)' is \(distance) slots away, the limit is \(limit): \(remedy)")
    }
}
