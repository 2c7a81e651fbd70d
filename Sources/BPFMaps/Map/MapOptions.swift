/// How a map behaves where its specification leaves a choice.
public struct MapOptions: Hashable, Sendable {
    /// The seed of the hash: nil for one that nobody can guess, a number for runs that repeat exactly.
    public var seed: UInt64?
    /// Whether to use large pages: for tables that will be nearly full.
    public var hugePages: Bool

    /// Makes options from their parts.
    public init(seed: UInt64? = nil, hugePages: Bool = false) {
        self.seed = seed
        self.hugePages = hugePages
    }
}
