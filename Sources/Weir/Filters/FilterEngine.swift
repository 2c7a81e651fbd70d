/// What runs a filter.
public enum FilterEngine: String, Hashable, Sendable, CaseIterable {
    /// The interpreter, on a program that was verified.
    case interpreter
    /// The engine that checks every step of a program as it runs.
    case reference
    /// The evaluator of classic programs, by libpcap's rules.
    case classic
}
