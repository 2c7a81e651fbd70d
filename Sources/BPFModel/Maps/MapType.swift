/// The kinds of map.
///
/// Numbers are Linux's `enum bpf_map_type`.
public enum MapType: UInt32, Hashable, Sendable, CaseIterable {
    /// Entries found by a key of any bytes.
    case hash = 1
    /// A fixed number of values found by a 32-bit index.
    case array = 2
    /// Programs to go on with, found by a 32-bit index.
    case progArray = 3
    /// A ring of records for each worker.
    case perfEventArray = 4
    /// A hash of which every worker has values of its own.
    case percpuHash = 5
    /// An array of which every worker has values of its own.
    case percpuArray = 6
    /// Call stacks, by a 32-bit id.
    case stackTrace = 7
    /// A hash that makes room by dropping what was used least recently.
    case lruHash = 9
    /// ``lruHash`` with values for every worker.
    case lruPercpuHash = 10
    /// Values found by the longest prefix that matches.
    case lpmTrie = 11
    /// Maps, found by a 32-bit index.
    case arrayOfMaps = 12
    /// Maps, found by a key.
    case hashOfMaps = 13
    /// Interfaces to redirect to, found by a 32-bit index.
    case devmap = 14
    /// Sockets to redirect to, found by a 32-bit index.
    case sockmap = 15
    /// Processors to redirect to, found by a 32-bit index.
    case cpumap = 16
    /// User-space packet sockets to redirect to, found by a 32-bit index.
    case xskmap = 17
    /// Sockets to redirect to, found by a key.
    case sockhash = 18
    /// Values that come out in the order they went in.
    case queue = 22
    /// Values of which the last one in comes out first.
    case stack = 23
    /// Interfaces to redirect to, found by a 32-bit key.
    case devmapHash = 25
    /// One ring of records that all workers write.
    case ringbuf = 27
    /// A set that never misses a member, and sometimes finds what is none.
    case bloomFilter = 30

    /// The name Linux's tools print, such as `hash`.
    public var name: String {
        switch self {
        case .hash: "hash"
        case .array: "array"
        case .progArray: "prog_array"
        case .perfEventArray: "perf_event_array"
        case .percpuHash: "percpu_hash"
        case .percpuArray: "percpu_array"
        case .stackTrace: "stack_trace"
        case .lruHash: "lru_hash"
        case .lruPercpuHash: "lru_percpu_hash"
        case .lpmTrie: "lpm_trie"
        case .arrayOfMaps: "array_of_maps"
        case .hashOfMaps: "hash_of_maps"
        case .devmap: "devmap"
        case .sockmap: "sockmap"
        case .cpumap: "cpumap"
        case .xskmap: "xskmap"
        case .sockhash: "sockhash"
        case .queue: "queue"
        case .stack: "stack"
        case .devmapHash: "devmap_hash"
        case .ringbuf: "ringbuf"
        case .bloomFilter: "bloom_filter"
        }
    }

    /// The type with a name that Linux's tools print.
    public init?(name: String) {
        guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = type
    }

    /// Whether the values are maps.
    public var holdsMaps: Bool {
        switch self {
        case .arrayOfMaps, .hashOfMaps: true
        case .hash, .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash,
            .lruPercpuHash, .lpmTrie, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash,
            .ringbuf, .bloomFilter:
            false
        }
    }

    /// Whether the values are maps or programs.
    public var holdsObjects: Bool { holdsMaps || self == .progArray }

    /// Whether every worker has values of its own.
    public var isPerCPU: Bool {
        switch self {
        case .percpuHash, .percpuArray, .lruPercpuHash: true
        case .hash, .array, .progArray, .perfEventArray, .stackTrace, .lruHash, .lpmTrie, .arrayOfMaps, .hashOfMaps,
            .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash, .ringbuf, .bloomFilter:
            false
        }
    }
}
