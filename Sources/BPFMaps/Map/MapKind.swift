import BPFModel

/// A live map of one kind: how it is checked and laid out, and what users do with it.
///
/// What programs do with it are the ``MapFunctions`` in its memory. ``Map`` has checked the rights of users and the
/// lengths of keys and values before it asks; what a kind does not say is refused with `ENOTSUPP`.
protocol MapKind: Sendable {
    /// Checks a specification as Linux does, in its order, and makes the map.
    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError)

    /// The map's memory, with the functions for programs.
    var memory: MapMemory { get }
    /// Where values lie that programs get addresses of.
    var values: MapValues { get }
    /// The length of a value as users pass it: longer than a program's where every worker has its own.
    var userValueSize: Int { get }
    /// How many entries the map has.
    var count: Int { get }

    /// The changes that can be made in batches.
    var batchChanges: BatchChanges { get }

    /// The value of a key; flags are `BPF_F_LOCK` or 0.
    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8]
    /// Looks many keys up, and fills what is found into a result that has room for all.
    func lookup(many keys: [UInt8], _ result: inout MapLookups) throws(Errno)
    /// Makes or replaces an entry, with the flags of `BPF_MAP_UPDATE_ELEM`.
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno)
    /// Removes an entry.
    func delete(_ key: [UInt8]) throws(Errno)
    /// Removes an entry and gives its value.
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8]
    /// The key after another; the first after nil and after an absent key; `ENOENT` after the last.
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8]
    /// The entries: none missing that was there throughout, none twice.
    func entries() throws(Errno) -> MapEntries
    /// Entries from a place on, at most as many as asked for.
    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch
}

/// Changes of many entries by one call.
struct BatchChanges: OptionSet, Sendable {
    let rawValue: Int

    static let update = BatchChanges(rawValue: 1)
    static let delete = BatchChanges(rawValue: 2)
}

extension MapKind {
    var batchChanges: BatchChanges { [] }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { throw .unsupported }
    func delete(_ key: [UInt8]) throws(Errno) { throw .unsupported }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { throw .unsupported }
    func entries() throws(Errno) -> MapEntries { throw .unsupported }
    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { throw .unsupported }
}

extension MapType {
    /// The kind that is behind maps of this type, nil where there is none yet: the one table of them.
    var kind: (any MapKind.Type)? {
        switch self {
        case .hash: HashMap.self
        case .array: ArrayMap.self
        case .percpuArray: PerCPUArrayMap.self
        case .percpuHash: PerCPUHashMap.self
        case .lruHash: LRUHashMap.self
        case .lruPercpuHash: LRUPerCPUHashMap.self
        case .lpmTrie: LPMTrieMap.self
        case .queue, .stack: QueueMap.self
        case .bloomFilter: BloomMap.self
        case .ringbuf: RingMap.self
        case .perfEventArray: PerfMap.self
        case .progArray, .arrayOfMaps, .hashOfMaps: ObjectMap.self
        case .devmap, .devmapHash, .cpumap: TargetMap.self
        case .stackTrace, .sockmap, .sockhash, .xskmap: nil
        }
    }
}
