/// The mistakes of lexer and parser, in words.
extension AssemblyError.Problem {
    static func unexpectedCharacter(_ text: String, at position: SourcePosition) -> Self {
        Self(at: position, "unexpected character '\(text)'")
    }

    static func malformedNumber(_ text: String, tooLong: Bool, at position: SourcePosition) -> Self {
        Self(
            at: position,
            tooLong
                ? "number \(text) has more than 64 bits"
                : "'\(text)' is no number, expected decimal digits or 0x and hexadecimal digits")
    }

    static func openString(at position: SourcePosition) -> Self {
        Self(at: position, "quoted text is not closed on its line, expected '\"'")
    }

    static func openComment(at position: SourcePosition) -> Self {
        Self(at: position, "comment is not closed, expected '*/'")
    }

    /// What follows is not what the statement needs.
    static func expected(_ what: String, found token: Token) -> Self {
        if case .invalid(let problem) = token.kind { return problem }
        return Self(at: token.position, "expected \(what), found \(token.described)")
    }

    static func trailing(_ token: Token) -> Self {
        if case .invalid(let problem) = token.kind { return problem }
        return Self(at: token.position, "expected the end of the statement, found \(token.described)")
    }

    static func unknownStatement(_ token: Token, afterSemicolon: Bool) -> Self {
        if case .invalid(let problem) = token.kind { return problem }
        guard token.kind == .name else {
            return expected("an instruction, a label or a directive", found: token)
        }
        let hint = Vocabulary.statements.suggestion(for: token.text)
        let comment = afterSemicolon && hint.isEmpty ? "; ';' separates instructions, comments start with '#'" : ""
        return Self(at: token.position, "unknown mnemonic '\(token.text)'\(hint)\(comment)")
    }

    static func unknownDirective(_ token: Token) -> Self {
        Self(
            at: token.position,
            "unknown directive '\(token.text)'\(Vocabulary.directives.suggestion(for: token.text))"
        )
    }

    static func unknownAtomic(_ token: Token) -> Self {
        guard token.kind == .name else { return expected("an atomic operation such as add or cmpxchg32", found: token) }
        return Self(
            at: token.position,
            "unknown atomic operation '\(token.text)'\(Vocabulary.atomics.suggestion(for: token.text))")
    }

    /// A name stands where a register must.
    static func expectedRegister(found token: Token) -> Self {
        guard token.kind == .name else { return expected("a register", found: token) }
        let number = token.text.dropFirst()
        if "rw".contains(token.text.prefix(1)), !number.isEmpty, number.allSatisfy(\.isWholeNumber) {
            return Self(
                at: token.position, "register \(token.text) does not exist, the last is \(token.text.prefix(1))10")
        }
        return expected("a register", found: token)
    }

    static func registerWidth(_ token: Token, needs: String, why: String) -> Self {
        Self(at: token.position, "register \(token.text) does not fit here, \(why): write \(needs)")
    }

    static func inPlace(_ token: Token, needs: String, operation: String) -> Self {
        Self(at: token.position, "\(operation) works in place: expected \(needs), found '\(token.text)'")
    }

    static func outOfRange(_ number: Number, _ what: String, limits: String, at position: SourcePosition) -> Self {
        Self(at: position, "\(what) \(number) is out of range, the limits are \(limits)")
    }

    static func needsWideLoad(_ number: Number, at position: SourcePosition) -> Self {
        Self(
            at: position,
            "immediate \(number) does not fit 32 bits, the limits are -2147483648 and 4294967295: "
                + "load it into a register with 'r1 = \(number) ll'")
    }

    static func unknownConstant(_ token: Token, _ what: String, among known: [String]) -> Self {
        Self(
            at: token.position,
            "expected \(what), found '\(token.text)', which no .equ before it defines"
                + WordList(known).suggestion(for: token.text))
    }

    static func reservedName(_ token: Token, _ what: String) -> Self {
        Self(at: token.position, "'\(token.text)' has a meaning of its own and cannot name a \(what)")
    }

    static func duplicate(_ token: Token, _ what: String, first: SourcePosition) -> Self {
        Self(at: token.position, "\(what) '\(token.text)' is already defined in line \(first.line)")
    }

    static func unsignedOffset(_ number: Number, at position: SourcePosition) -> Self {
        Self(at: position, "jump offset \(number) needs its sign, such as +\(number), or a label")
    }

    static func storesNumber(_ suffix: String, found token: Token) -> Self {
        Self(
            at: token.position,
            "st\(suffix) stores a number, found '\(token.text)': stx\(suffix) stores a register")
    }

    static func noSuchSize(_ size: String, _ instruction: String, sizes: String, at position: SourcePosition) -> Self {
        Self(at: position, "\(instruction) cannot work on \(size), expected \(sizes)")
    }
}
