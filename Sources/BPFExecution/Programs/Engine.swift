/// How a program is run.
public enum Engine: String, Hashable, Sendable, CaseIterable {
    /// Checks every access while the program runs: for tests, and for programs that nobody verified.
    case reference
    /// Runs lowered code without checks, since the verifier proved that none is needed.
    case interpreter
}
