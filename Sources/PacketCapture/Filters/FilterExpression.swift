/// A filter expression in the language of pcap-filter(7), not compiled yet.
///
/// The empty expression matches every packet.
public struct FilterExpression: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The expression as written.
    public let text: String

    /// Takes the expression as it is; a compiler judges it.
    public init(_ text: String) { self.text = text }

    /// Takes the expression from a literal.
    public init(stringLiteral text: String) { self.init(text) }

    /// Joins command-line words with spaces, as tcpdump does.
    public init(words: [String]) { self.init(words.joined(separator: " ")) }

    /// The expression as written.
    public var description: String { text }
}
