import BPFModel

/// The maps a program names, as its registers know them.
struct MapTable: Sendable {
    private let maps: [Int32: MapSpec]

    init(_ maps: [Int32: MapSpec]) { self.maps = maps }

    /// The map with a number.
    subscript(number: Int32) -> MapSpec? { maps[number] }

    /// The map that a register holds, or a key or value of; nil where there is none.
    subscript(register: RegisterState) -> MapSpec? {
        let map = maps[register.extent]
        return register.isOfInnerMap ? map?.inner : map
    }
}

extension MapSpec {
    /// Where in its values the lock is that programs may use; nil where there is none, or no place for one.
    var lock: Int? {
        guard let offset = spinLock, type.mayHoldLock, offset >= 0, offset.isMultiple(of: 4), offset <= valueSize - 4
        else { return nil }
        return offset
    }

    /// The bytes of the only value, where no one can change them any more.
    var constantValue: [UInt8]? {
        guard flags.contains(.readOnlyForPrograms), type.hasDirectValue, maxEntries == 1 else { return nil }
        return constants
    }
}

extension MapType {
    /// Whether the address of its first value never changes, so that programs can hold it.
    var hasDirectValue: Bool {
        switch self {
        case .array: true
        case .hash, .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash,
            .lpmTrie, .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack,
            .devmapHash, .ringbuf, .bloomFilter:
            false
        }
    }

    /// Whether values may have a lock in them.
    var mayHoldLock: Bool {
        switch self {
        case .hash, .array: true
        case .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash, .lpmTrie,
            .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash,
            .ringbuf, .bloomFilter:
            false
        }
    }

    /// Whether a value is there for every index below the number of entries.
    var isAlwaysFull: Bool {
        switch self {
        case .array, .percpuArray: true
        case .hash, .progArray, .perfEventArray, .percpuHash, .stackTrace, .lruHash, .lruPercpuHash, .lpmTrie,
            .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash,
            .ringbuf, .bloomFilter:
            false
        }
    }
}
