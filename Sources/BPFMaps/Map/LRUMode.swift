/// How an LRU map chooses what to drop when it is full.
public enum LRUMode: Hashable, Sendable, CaseIterable {
    /// What was used least recently, one entry when one is needed.
    case exact
    /// As Linux does: in batches and by approximation, for each worker ahead of need, so that a map of few entries
    /// drops some long before it is full.
    case kernel
}
