/// Why a filter expression was not compiled.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, for programs.
    public enum Code: Hashable, Sendable {
        /// libpcap refused the expression; ``FilterError/message`` is its own wording.
        case refused
        /// The expression is longer than a compiler takes.
        case tooLong
        /// The expression has a NUL byte, behind which libpcap would not look.
        case containsNUL
        /// The expression has a host or network name, and names may not be looked up.
        case nameLookupRefused
        /// The snapshot length is not positive.
        case badSnapLength
        /// libpcap took longer than the compiler's time limit.
        case timeLimitExceeded
        /// The machine has no memory or thread left.
        case outOfResources
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong; libpcap's own words, unchanged, where it refused the expression.
    public let message: String
    /// What to do about it.
    public let advice: String

    /// The message and what to do.
    public var description: String { "\(message); \(advice)" }

    private init(_ code: Code, _ message: String, _ advice: String) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    static func refused(_ message: String) -> Self {
        Self(.refused, message, advice(for: message))
    }

    static func tooLong(_ count: Int, maximum: Int, optimizes: Bool) -> Self {
        let advice =
            optimizes && count <= FilterCompiler.maximumLength
            ? "turn the optimizer off, which takes up to \(FilterCompiler.maximumLength)"
            : "split it into several filters"
        return Self(.tooLong, "filter expression of \(count) bytes exceeds the maximum of \(maximum)", advice)
    }

    static func containsNUL(at offset: Int) -> Self {
        Self(.containsNUL, "filter expression has a NUL byte at offset \(offset)", "remove it")
    }

    static func nameLookupRefused(_ name: String, at offset: Int) -> Self {
        Self(
            .nameLookupRefused, "'\(name)' at offset \(offset) is a name that would have to be looked up",
            "write the address, or allow name lookups")
    }

    static func badSnapLength(_ length: Int) -> Self {
        Self(
            .badSnapLength, "snapshot length \(length) is not from 1 through \(Int32.max)",
            "use 262144 for whole packets")
    }

    static func timeLimitExceeded(_ limit: Duration) -> Self {
        Self(
            .timeLimitExceeded, "libpcap has not compiled the expression within \(limit)",
            "shorten it, turn the optimizer off, or write addresses instead of names")
    }

    static func outOfResources(_ what: String) -> Self {
        Self(
            .outOfResources, "cannot get \(what) for compiling a filter", "try again when the machine has more to spare"
        )
    }

    /// What to do about libpcap's messages, by a part of their text.
    private static let advices: [(part: String, advice: String)] = [
        ("syntax error", "see pcap-filter(7); a keyword meant as a name needs a backslash, as in 'ip proto \\tcp'"),
        ("expression rejects all packets", "its terms exclude each other on this link type; check 'and' and 'not'"),
        ("netmask not known", "give the network's mask"),
        ("unknown host", "check the name, or write the address"),
        ("unknown network", "write the network as address/length"),
        ("unknown port", "write the port's number"),
        ("unknown ip proto", "write the protocol's number"),
        ("unknown ether proto", "write the EtherType's number, as in 'ether proto 0x88cc'"),
        ("supported only on", "use it on packets of that link type"),
        ("only supported", "use it on packets of that link type"),
        ("not present in capture", "use it on packets of a link type that has it"),
        ("non-network bits set", "clear the bits behind the mask, or use 'host'"),
    ]

    private static func advice(for message: String) -> String {
        let words = message.utf8
        return advices.first { words.contains($0.part.utf8) }?.advice ?? "see pcap-filter(7) for what it takes"
    }
}

extension String.UTF8View {
    /// Whether `part` occurs in the text.
    fileprivate func contains(_ part: String.UTF8View) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
