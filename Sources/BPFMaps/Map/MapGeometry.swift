import BPFModel

/// Where things lie in a map's memory: the checked form of a specification.
struct MapGeometry {
    /// The size of a key as entries hold it; 0 where the key is the slot's number.
    let storedKeySize: Int
    /// The distance from one entry to the next, in bytes.
    let stride: Int
    /// How many slots for entries there are.
    let slots: Int
    /// How many groups of a hash table; 0 in an array.
    let groups: Int
    /// The size of the control words, in bytes.
    let controlSize: Int
    /// The size of all entries, in bytes.
    let entriesSize: Int

    private static let largestEntry = 4 << 20
    private static let largestCapacity = 1 << 31

    /// Checks a specification as Linux does, in its order.
    init(_ spec: MapSpec) throws(MapError) {
        try Self.check("number of entries", spec.maxEntries)
        switch spec.type {
        case .array:
            guard spec.keySize == 4 else { throw .arrayKeySize(spec.keySize) }
            try Self.check("value size", spec.valueSize)
            try Self.checkFlags(spec, allowed: Self.accessFlags)
            try self.init(array: spec)
        case .hash:
            try Self.check("key size", spec.keySize)
            try Self.check("value size", spec.valueSize)
            try Self.checkFlags(spec, allowed: Self.accessFlags.union(.noPreallocation))
            try self.init(hash: spec)
        case .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash, .lpmTrie,
            .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack, .devmapHash,
            .ringbuf, .bloomFilter:
            throw .unsupported(spec.type)
        }
    }

    private init(array spec: MapSpec) throws(MapError) {
        storedKeySize = 0
        stride = try Self.roundUp(spec.valueSize)
        slots = spec.maxEntries
        groups = 0
        controlSize = 0
        entriesSize = try Self.total(slots, stride)
    }

    private init(hash spec: MapSpec) throws(MapError) {
        storedKeySize = try Self.roundUp(spec.keySize)
        let value = try Self.roundUp(spec.valueSize)
        stride = storedKeySize + value
        guard stride <= Self.largestEntry else {
            throw .tooLarge("size of key and value", stride, limit: Self.largestEntry)
        }
        groups = (spec.maxEntries - 1) / ControlGroup.averageEntries + 1
        slots = groups * ControlGroup.slots
        controlSize = groups * ControlGroup.size
        entriesSize = try Self.total(slots, stride)
    }

    private static let accessFlags: MapFlags = [
        .readOnly, .writeOnly, .readOnlyForPrograms, .writeOnlyForPrograms,
    ]

    private static func checkFlags(_ spec: MapSpec, allowed: MapFlags) throws(MapError) {
        let programs: MapFlags = [.readOnlyForPrograms, .writeOnlyForPrograms]
        let users: MapFlags = [.readOnly, .writeOnly]
        guard allowed.isSuperset(of: spec.flags), !spec.flags.isSuperset(of: programs),
            !spec.flags.isSuperset(of: users)
        else { throw .flags(spec.flags, spec.type) }
    }

    private static func check(_ what: String, _ size: Int) throws(MapError) {
        if size == 0 { throw .zero(what) }
        if size < 0 { throw .negative(what, size) }
        if what == "number of entries", size > largestCapacity { throw .tooLarge(what, size, limit: largestCapacity) }
    }

    private static func roundUp(_ size: Int) throws(MapError) -> Int {
        guard size <= Int(Int32.max) else { throw .tooLarge("size", size, limit: Int(Int32.max)) }
        return (size + 7) & ~7
    }

    /// Below the address space's end by far, so that sums with the other parts can't overflow.
    private static func total(_ slots: Int, _ stride: Int) throws(MapError) -> Int {
        let (size, overflow) = slots.multipliedReportingOverflow(by: stride)
        guard !overflow, size <= 1 << 46 else { throw .noMemory(bytes: overflow ? .max : size) }
        return size
    }
}
