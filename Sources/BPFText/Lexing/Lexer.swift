/// Splits a text into tokens.
///
/// Comments are left out: `#` and `//` to the end of the line, `/* */`, and lines that start with `;`, as listings
/// print source lines. Elsewhere `;` ends a statement, as in LLVM's syntax. What listings print before an
/// instruction is left out too: slot numbers (`12:`), opcodes (`(b7)`) and the bytes in hexadecimal.
struct Lexer {
    private var characters: Characters
    private var tokens: [Token] = []

    private init(_ text: String) { characters = Characters(text) }

    /// The tokens of a text, the last of them the end.
    static func tokens(of text: String) -> [Token] {
        var lexer = Lexer(text)
        lexer.readAll()
        return lexer.tokens
    }

    private mutating func readAll() {
        skipListingPrefix()
        while let byte = characters.current {
            if Characters.isBlank(byte) {
                characters.advance()
            } else if byte == UInt8(ascii: "\n") {
                add(.separator, from: characters.mark, advancing: 1)
                skipListingPrefix()
            } else if byte == UInt8(ascii: ";") {
                readSemicolon()
            } else if !skipComment() {
                readToken(byte)
            }
        }
        tokens.append(Token(kind: .end, text: "", position: characters.position))
    }

    private mutating func readToken(_ byte: UInt8) {
        // `s>` and its like start with a letter, so operators come before names; a longer name isn't one of them.
        if let length = operatorLength() {
            add(.symbol, from: characters.mark, advancing: length)
        } else if Characters.startsName(byte) {
            readName()
        } else if byte == UInt8(ascii: "%"), let next = characters.next, Characters.startsName(next) {
            // uBPF's syntax marks registers.
            characters.advance()
            readName()
        } else if Characters.isDigit(byte) {
            readNumber()
        } else if byte == UInt8(ascii: "\"") {
            readString()
        } else {
            let mark = characters.mark
            characters.advanceCharacter()
            let text = characters.text(from: mark)
            add(.invalid(.unexpectedCharacter(text, at: mark.position)), from: mark)
        }
    }

    private func operatorLength() -> Int? {
        guard let byte = characters.current, let candidates = Operators.byFirstByte[byte] else { return nil }
        return candidates.first { characters.starts(with: $0) }?.count
    }

    private mutating func readName() {
        let mark = characters.mark
        characters.skip(while: Characters.continuesName)
        add(.name, from: mark)
        guard characters.current == UInt8(ascii: "#"), let next = characters.next, Characters.isDigit(next) else {
            return
        }
        add(.helperMark, from: characters.mark, advancing: 1)
    }

    private mutating func readNumber() {
        let mark = characters.mark
        characters.skip(while: Characters.continuesName)
        let text = characters.text(from: mark)
        let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
        let digits = isHexadecimal ? text.dropFirst(2) : text[...]
        let radix = isHexadecimal ? 16 : 10
        if let value = UInt64(digits, radix: radix) {
            add(.number(value), from: mark)
        } else {
            let allDigits = !digits.isEmpty && digits.allSatisfy { $0.hexDigitValue.map { $0 < radix } ?? false }
            add(.invalid(.malformedNumber(text, tooLong: allDigits, at: mark.position)), from: mark)
        }
    }

    private mutating func readString() {
        let mark = characters.mark
        var contents: [UInt8] = []
        characters.advance()
        while let byte = characters.current, byte != UInt8(ascii: "\n") {
            characters.advance()
            switch byte {
            case UInt8(ascii: "\""):
                add(.string(String(decoding: contents, as: UTF8.self)), from: mark)
                return
            case UInt8(ascii: "\\") where characters.current == UInt8(ascii: "n"):
                contents.append(UInt8(ascii: "\n"))
                characters.advance()
            case UInt8(ascii: "\\"):
                if let escaped = characters.current, escaped != UInt8(ascii: "\n") {
                    contents.append(escaped)
                    characters.advance()
                }
            default: contents.append(byte)
            }
        }
        add(.invalid(.openString(at: mark.position)), from: mark)
    }

    private mutating func readSemicolon() {
        if atLineStart {
            characters.skipLine()
        } else {
            add(.separator, from: characters.mark, advancing: 1)
        }
    }

    /// Whether nothing but blanks and comments came before on this line.
    private var atLineStart: Bool { tokens.last.map { $0.kind == .separator && $0.text == "\n" } ?? true }

    private mutating func skipComment() -> Bool {
        if characters.current == UInt8(ascii: "#") || characters.starts(with: [0x2f, 0x2f]) {
            characters.skipLine()
            return true
        }
        guard characters.starts(with: [0x2f, 0x2a]) else { return false }
        let mark = characters.mark
        characters.advance(2)
        while characters.current != nil {
            if characters.starts(with: [0x2a, 0x2f]) {
                characters.advance(2)
                return true
            }
            characters.advance()
        }
        tokens.append(Token(kind: .invalid(.openComment(at: mark.position)), text: "/*", position: mark.position))
        return true
    }

    private mutating func skipListingPrefix() {
        characters.skip(while: Characters.isBlank)
        if let length = ListingPrefix.length(in: characters.rest) { characters.advance(length) }
    }

    private mutating func add(_ kind: Token.Kind, from mark: Characters.Mark, advancing count: Int = 0) {
        characters.advance(count)
        tokens.append(Token(kind: kind, text: characters.text(from: mark), position: mark.position))
    }
}
