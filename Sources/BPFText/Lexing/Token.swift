/// The smallest piece of a text that means something.
struct Token: Hashable {
    enum Kind: Hashable {
        /// A name: letters, digits, `_` and `.`, not starting with a digit.
        case name
        /// A number without its sign.
        case number(UInt64)
        /// The contents of a quoted text.
        case string(String)
        /// An operator or a punctuation mark.
        case symbol
        /// The `#` between a helper's name and its number.
        case helperMark
        /// The end of a statement: a line end, or `;` after an instruction.
        case separator
        /// The end of the text.
        case end
        /// Something no statement can have.
        case invalid(AssemblyError.Problem)
    }

    let kind: Kind
    /// As it was written; empty at the end.
    let text: String
    let position: SourcePosition

    /// How a message names what was found.
    var described: String {
        switch kind {
        case .name, .symbol, .helperMark, .number, .invalid: "'\(text)'"
        case .string: "a quoted text"
        case .separator: "the end of the statement"
        case .end: "the end of the text"
        }
    }

    /// Whether a statement ends here.
    var endsStatement: Bool { kind == .separator || kind == .end }
}
