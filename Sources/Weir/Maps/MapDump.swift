public import BPFMaps
public import BPFModel

/// What is in a map, as people read it.
///
///     let dump = try MapDump(map)
///     for entry in dump.entries { log("\(entry.key): \(entry.value)") }
///
/// Keys and values are read by ``MapSpec/keyLayout`` and ``MapSpec/valueLayout``. Without a layout, indices are
/// numbers and everything else is hexadecimal. Values of per-CPU maps are lists, one value for each worker. Of maps
/// of maps and programs the values are the numbers of what is in them. Records of rings are read, and gone then.
public struct MapDump: Sendable {
    /// What the map was made from.
    public let spec: MapSpec
    /// What is in the map.
    public let entries: [Entry]
    /// How many records found no room, in rings.
    public let lostRecords: UInt64

    /// A key and its value.
    public struct Entry: Hashable, Sendable {
        /// The key; nil in kinds without keys, and in rings the worker's number where each has its own.
        public let key: ReadableValue?
        /// The value.
        public let value: ReadableValue
    }

    /// Reads a map.
    ///
    /// - Throws: `EPERM` on a map that may not be read.
    public init(_ map: Map) throws(Errno) {
        spec = map.spec
        lostRecords = map.lostRecords
        switch map.spec.type {
        case .ringbuf, .perfEventArray: entries = try Self.records(of: map)
        // A filter doesn't know what is in it.
        case .bloomFilter: entries = []
        case .hash, .array, .progArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash, .lpmTrie,
            .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash:
            entries = try Self.table(of: map)
        }
    }

    private static func table(of map: Map) throws(Errno) -> [Entry] {
        let spec = map.spec
        let keyLayout = spec.keyLayout ?? (spec.type.hasIndices ? .u32 : nil)
        return try map.entries().map { entry in
            Entry(
                key: spec.keySize == 0 ? nil : ReadableValue(entry.key, keyLayout),
                value: spec.type.isPerCPU
                    ? workers(entry.value, spec) : ReadableValue(entry.value, valueLayout(of: spec)))
        }
    }

    /// Every worker's value begins at a multiple of 8 bytes.
    private static func workers(_ bytes: ArraySlice<UInt8>, _ spec: MapSpec) -> ReadableValue {
        let starts = stride(from: bytes.startIndex, to: bytes.endIndex, by: (spec.valueSize + 7) & ~7)
        return .list(
            starts.map { ReadableValue(bytes[$0..<min($0 + spec.valueSize, bytes.endIndex)], spec.valueLayout) })
    }

    private static func valueLayout(of spec: MapSpec) -> ValueLayout? {
        spec.valueLayout ?? (spec.type.holdsNumbers ? (spec.valueSize == 4 ? .u32 : nil) : nil)
    }

    private static func records(of map: Map) throws(Errno) -> [Entry] {
        var entries: [Entry] = []
        try map.drain { worker, bytes in
            let copy = bytes.indices.map { bytes[$0] }
            entries.append(
                Entry(
                    key: worker.map { .unsigned(UInt64($0)) }, value: ReadableValue(copy, map.spec.valueLayout)))
        }
        return entries
    }
}

extension MapType {
    /// Whether keys are indices.
    fileprivate var hasIndices: Bool {
        switch self {
        case .array, .progArray, .perfEventArray, .percpuArray, .stackTrace, .arrayOfMaps, .devmap, .sockmap, .cpumap,
            .xskmap, .devmapHash:
            true
        case .hash, .percpuHash, .lruHash, .lruPercpuHash, .lpmTrie, .hashOfMaps, .sockhash, .queue, .stack, .ringbuf,
            .bloomFilter:
            false
        }
    }

    /// Whether values are the numbers of something.
    fileprivate var holdsNumbers: Bool {
        switch self {
        case .progArray, .arrayOfMaps, .hashOfMaps, .devmap, .devmapHash, .cpumap, .sockmap, .sockhash, .xskmap: true
        case .hash, .array, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash,
            .lpmTrie, .queue, .stack, .ringbuf, .bloomFilter:
            false
        }
    }
}
