public import BPFModel

/// A program that was proved safe: the only kind of program that can run.
///
/// Only ``Verifier`` makes one.
public struct VerifiedProgram: Sendable {
    /// The program.
    public let spec: ProgramSpec
    /// What the proof took to be in the registers at the start.
    public let entry: ProgramEntry
    /// What the proof found out.
    public let facts: ProgramFacts
    /// What the proof took.
    public let statistics: VerificationStatistics
    /// The helpers that the proof took to be there.
    public let helpers: HelperTable
    /// What the proof claims of registers, where it was to record that.
    package let claims: RegisterClaims?

    init(
        spec: ProgramSpec, entry: ProgramEntry, facts: ProgramFacts, statistics: VerificationStatistics,
        claims: RegisterClaims? = nil, helpers: HelperTable = HelperTable()
    ) {
        self.spec = spec
        self.entry = entry
        self.facts = facts
        self.statistics = statistics
        self.claims = claims
        self.helpers = helpers
    }
}
