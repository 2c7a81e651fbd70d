public import BPFModel

/// Entries that were read together, and where to go on: a batch of `BPF_MAP_LOOKUP_BATCH`.
public struct MapBatch: Hashable, Sendable {
    /// The entries, at most as many as asked for.
    public let entries: MapEntries
    /// Where the next batch begins; nil after the last, where Linux returns `ENOENT` along with the entries.
    public let next: MapCursor?
}

/// A place in a walk over a map by batches; what it means is the map's own.
public struct MapCursor: Hashable, Sendable {
    let place: Place

    enum Place: Hashable, Sendable {
        /// The next group of a hash table.
        case group(Int)
        /// The last key read.
        case key([UInt8])
    }
}

/// Why a batch of changes stopped.
public struct MapBatchError: Error, Hashable, Sendable {
    /// The error of the entry it stopped at.
    public let errno: Errno
    /// How many entries were changed before.
    public let done: Int
}

/// What a batch is asked for.
struct MapBatchRequest {
    /// Where the batch begins; nil for the start.
    let start: MapCursor.Place?
    /// How many entries there is room for.
    let room: Int
    /// Whether the entries are removed once they are read.
    let removing: Bool
    /// `BPF_F_LOCK`, or 0.
    let flags: UInt64

    /// The group of a hash table where the batch begins.
    func group() throws(Errno) -> Int {
        switch start {
        case nil: 0
        case .group(let group): group
        case .key: throw .invalid
        }
    }

    /// The key after which the batch begins.
    func lastKey() throws(Errno) -> [UInt8]? {
        switch start {
        case nil: nil
        case .key(let key): key
        case .group: throw .invalid
        }
    }
}
