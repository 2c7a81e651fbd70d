/// How a map behaves where its specification leaves a choice.
public struct MapOptions: Hashable, Sendable {
    /// The seed of the hash: nil for one that nobody can guess, a number for runs that repeat exactly.
    public var seed: UInt64?
    /// Whether to use large pages: for tables that will be nearly full.
    public var hugePages: Bool
    /// How many workers have values of their own in per-CPU maps, at least 1: Linux's number of possible CPUs.
    ///
    /// Workers are numbered from 0; one past the last finds nothing in such a map.
    public var workers: Int

    /// How LRU maps choose what to drop.
    public var lru: LRUMode

    /// Makes options from their parts.
    public init(seed: UInt64? = nil, hugePages: Bool = false, workers: Int = 1, lru: LRUMode = .exact) {
        self.seed = seed
        self.hugePages = hugePages
        self.workers = workers
        self.lru = lru
    }
}
