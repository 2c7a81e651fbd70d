import BPFModel

/// Reads statements one after the other; a mistake costs its statement only.
struct Parser {
    typealias Problem = AssemblyError.Problem

    private let tokens: [Token]
    private var index = 0
    var draft = Draft()
    private var problems: [Problem] = []

    init(_ text: String) { tokens = Lexer.tokens(of: text) }

    /// What a text says, with every mistake in it.
    static func parse(_ text: String) -> (draft: Draft, problems: [Problem]) {
        var parser = Parser(text)
        parser.parseAll()
        return (parser.draft, parser.problems)
    }

    private mutating func parseAll() {
        while current.kind != .end, problems.count < AssemblyError.limit {
            do throws(Problem) {
                try statement()
            } catch {
                problems.append(error)
                while !current.endsStatement { advance() }
            }
            if current.kind == .separator { advance() }
        }
    }

    private mutating func statement() throws(Problem) {
        while current.kind == .name, isSymbol(":", ahead: 1) { try label() }
        if current.endsStatement { return }
        let first = current
        if let directive = Directive(rawValue: first.text), first.kind == .name {
            advance()
            try declaration(directive, at: first.position)
            return try endOfStatement()
        }
        let body = try instruction()
        try endOfStatement()
        draft.append(body, at: first.position)
    }

    private mutating func label() throws(Problem) {
        let token = current
        advance()
        advance()
        try claim(token, as: "label", first: draft.labels[token.text]?.position)
        draft.labels[token.text] = Draft.Label(slot: draft.slotCount, position: token.position)
    }

    private mutating func instruction() throws(Problem) -> Draft.Body {
        if isSymbol("*") { return .complete(try store()) }
        guard current.kind == .name else {
            throw .unknownStatement(current, afterSemicolon: followsSemicolon)
        }
        if Names.registers[current.text] != nil { return try assignment() }
        if let keyword = Keyword(rawValue: current.text) {
            advance()
            return try instruction(keyword)
        }
        if let mnemonic = Mnemonic.byName[current.text] {
            advance()
            return try operands(of: mnemonic)
        }
        if current.text.hasPrefix(".") { throw .unknownDirective(current) }
        if isSymbol("=", ahead: 1) { throw .expectedRegister(found: current) }
        throw .unknownStatement(current, afterSemicolon: followsSemicolon)
    }

    private mutating func instruction(_ keyword: Keyword) throws(Problem) -> Draft.Body {
        switch keyword {
        case .lock: .complete(try locked())
        case .condition: try branch()
        case .goto: try jump()
        case .longGoto: try longJump()
        case .call: try call()
        case .exit: .complete(.exit)
        case .storeRelease: .complete(try storeRelease())
        }
    }

    private var followsSemicolon: Bool { index > 0 && tokens[index - 1].text == ";" }
}

// MARK: Tokens

extension Parser {
    /// The next token; at the end, the end.
    var current: Token { token(ahead: 0) }

    func token(ahead distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    mutating func advance() { index = min(index + 1, tokens.count - 1) }

    func isSymbol(_ text: String, ahead distance: Int = 0) -> Bool {
        let token = token(ahead: distance)
        return token.kind == .symbol && token.text == text
    }

    func isName(_ text: String) -> Bool { current.kind == .name && current.text == text }

    /// Reads a symbol where it is next.
    mutating func accept(_ symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    /// Reads a word where it is next.
    mutating func acceptName(_ text: String) -> Bool {
        guard isName(text) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(Problem) {
        guard accept(symbol) else { throw .expected("'\(symbol)'", found: current) }
    }

    func endOfStatement() throws(Problem) {
        guard current.endsStatement else { throw .trailing(current) }
    }

    /// Checks that a name may be given to something new.
    func claim(_ token: Token, as what: String, first: SourcePosition?) throws(Problem) {
        if Vocabulary.reserved.contains(token.text) { throw .reservedName(token, what) }
        if let first { throw .duplicate(token, what, first: first) }
    }
}
