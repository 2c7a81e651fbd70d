/// What a proof took.
public struct VerificationStatistics: Hashable, Sendable {
    /// How many instructions were gone over, counting repetitions.
    public internal(set) var processed = 0
    /// The most branches that were waiting at once.
    public internal(set) var peakPending = 0
    /// How many states were kept in all to compare later ones with.
    public internal(set) var checkpoints = 0
    /// The most states that were kept at once.
    public internal(set) var peakStates = 0
}
