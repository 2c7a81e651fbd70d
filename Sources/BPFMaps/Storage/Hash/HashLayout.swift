import BPFModel

/// Where things lie in a hash table's memory: control words, then entries, then the workers' values.
struct HashLayout {
    /// How many groups there are, and slots in them.
    let groups: Int
    let slots: Int
    /// Where in an entry the value is, and the distance from one entry to the next, in bytes.
    let valueOffset: Int
    let stride: Int
    /// Where the entries begin.
    let entriesOffset: Int
    /// Per-CPU kinds: where the workers' values begin, how far apart they are, and workers' tables.
    let workersOffset: Int
    let workerStride: Int
    let tableStride: Int
    /// The size of all tables.
    let bytes: Int

    /// Lays a table out.
    ///
    /// - Parameters:
    ///   - extra: bytes in an entry between key and value, a multiple of 8.
    ///   - workers: for how many workers values lie outside the entries; 0 where they are in them.
    init(_ spec: MapSpec, extra: Int = 0, workers: Int = 0) throws(MapError) {
        let key = try MapSpec.roundUp(spec.keySize)
        let value = try MapSpec.roundUp(spec.valueSize)
        valueOffset = key + extra
        stride = key + extra + (workers == 0 ? value : 0)
        groups = (spec.maxEntries - 1) / ControlGroup.averageEntries + 1
        slots = groups * ControlGroup.slots
        entriesOffset = (groups * ControlGroup.size + 63) & ~63
        workersOffset = try (entriesOffset + MapSpec.total(slots, stride) + 63) & ~63
        workerStride = value
        tableStride = try WorkerValues.stride(slots, value)
        bytes = try workersOffset + MapSpec.total(workers, tableStride)
    }

    /// Checks the sizes and flags that hash tables share.
    static func check(_ spec: MapSpec, flags: MapFlags) throws(MapError) {
        try spec.checkFlags(MapSpec.accessFlags.union(flags))
        if flags.contains(.noCommonLRU), spec.flags.contains(.noPreallocation) {
            throw .lruNeedsPreallocation(spec.type)
        }
        try spec.checkCapacity()
        try spec.checkKeySize()
        try spec.checkValueSize()
        let (size, overflow) = spec.keySize.addingReportingOverflow(spec.valueSize)
        guard !overflow, size < MapSpec.largestEntry else {
            throw .tooLarge("size of key and value", overflow ? .max : size, limit: MapSpec.largestEntry - 1)
        }
        guard spec.maxEntries <= MapSpec.largestHash else {
            throw .tooLarge("number of entries", spec.maxEntries, limit: MapSpec.largestHash)
        }
    }
}

extension HashHeader {
    /// The header of a table that lies in `memory` as `layout` says.
    init(_ spec: MapSpec, _ layout: HashLayout, _ memory: MapMemory, _ options: MapOptions, workers: Int = 0) {
        let tables = unsafe memory.tables
        unsafe self.init(
            control: tables, groups: UInt64(layout.groups),
            seeds: HashSeeds(spec.flags.contains(.zeroSeed) ? 0 : options.seed),
            entries: tables + layout.entriesOffset - layout.stride, stride: layout.stride,
            valueOffset: layout.valueOffset, keySize: spec.keySize, valueSize: spec.valueSize,
            capacity: spec.maxEntries, workerValues: tables + layout.workersOffset - layout.workerStride,
            workerStride: layout.workerStride, tableStride: layout.tableStride, workers: UInt32(clamping: workers),
            spinLock: Int32(clamping: spec.spinLock ?? -1))
    }
}
