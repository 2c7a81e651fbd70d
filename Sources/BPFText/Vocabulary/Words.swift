import BPFModel

/// The words that start an instruction in LLVM's syntax, besides registers.
enum Keyword: String, CaseIterable {
    case lock
    case condition = "if"
    case goto
    case longGoto = "gotol"
    case call
    case exit
    case storeRelease = "store_release"
}

/// The words that start a declaration.
enum Directive: String, CaseIterable {
    case name = ".name"
    case type = ".type"
    case license = ".license"
    case map = ".map"
    case constant = ".equ"
}

/// The words that start a value only a wide load can hold.
enum WideWord: String, CaseIterable {
    case map
    case function = "subprog"
    case variable = "var"
}

/// All words with a meaning of their own, to suggest and to keep from being redefined.
enum Vocabulary {
    /// What may start an instruction.
    static let statements = WordList(Keyword.allCases.map(\.rawValue) + Mnemonic.byName.keys)

    /// The directives.
    static let directives = WordList(Directive.allCases.map(\.rawValue))

    /// What may follow `lock` in uBPF's syntax.
    static let atomics = WordList(Names.atomicMnemonics.keys)

    /// What may stand on the right of `=`, besides numbers and constants.
    private static let values: [String] =
        WideWord.allCases.map(\.rawValue) + Names.byteSwaps.keys + Names.atomicFunctions.keys
        + OrderedAccess.allFunctions + Names.registers.keys

    /// Words that name no label and no constant.
    static let reserved: Set<String> = Set(values).union(["pc", "local", "kfunc", "ll", "skb", "goto"])
}
