/// Why a text is not a program: the mistakes found in one run, in the order of the text.
public struct AssemblyError: Error, Hashable, Sendable {
    /// One mistake: where it is, what was found and what was expected.
    public struct Problem: Error, Hashable, Sendable {
        /// Where the mistake is.
        public let position: SourcePosition
        /// What is wrong, and what to do.
        public let message: String

        init(at position: SourcePosition, _ message: String) {
            self.position = position
            self.message = message
        }
    }

    /// How many mistakes are reported at most; reading stops there.
    public static let limit = 20

    /// The name of the text, such as its file's; may be empty.
    public let source: String
    /// The mistakes, by position; at least one, at most ``limit``.
    public let problems: [Problem]
    /// Whether ``limit`` was reached, so that there may be more mistakes.
    public let isIncomplete: Bool

    init(source: String, problems: [Problem]) {
        self.source = source
        self.problems = Array(problems.prefix(Self.limit)).sorted { $0.position < $1.position }
        isIncomplete = problems.count >= Self.limit
    }
}

extension AssemblyError: CustomStringConvertible {
    /// One line for each mistake: `source:line:column: message`.
    public var description: String {
        let prefix = source.isEmpty ? "" : source + ":"
        let lines = problems.map { "\(prefix)\($0)" }
        let rest = isIncomplete ? ["stopped after \(Self.limit) mistakes"] : []
        return (lines + rest).joined(separator: "\n")
    }
}

extension AssemblyError.Problem: CustomStringConvertible {
    /// The mistake as `line:column: message`.
    public var description: String { "\(position): \(message)" }
}
