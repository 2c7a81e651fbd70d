import BPFModel
import Synchronization

/// A hash that makes room by dropping what was used least recently.
///
/// Programs' lookups and anyone's updates count as use; users' lookups don't.
@safe struct LRUHashMap: MapKind {
    private let map: LRUMap

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try HashLayout.check(spec, flags: [.noPreallocation, .noCommonLRU, .zeroSeed, .numaNode])
        map = try LRUMap(spec, options, workers: 0)
    }

    var memory: MapMemory { map.memory }
    var userValueSize: Int { map.userValueSize }
    var count: Int { map.count }
    var batchChanges: BatchChanges { [.update, .delete] }
    var values: MapValues {
        let header = unsafe HashHeader.at(memory.base)
        return unsafe MapValues(
            at: header.entry(1) + header.pointee.valueOffset, stride: header.pointee.stride,
            size: header.pointee.valueSize, slots: map.layout.slots)
    }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.lookup(key) }
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { try map.update(key, value, flags) }
    func delete(_ key: [UInt8]) throws(Errno) { try map.memory.delete(key) }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.take(key) }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try map.nextKey(after: key) }
    func entries() throws(Errno) -> MapEntries { map.entries() }
    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { try map.batch(request) }
}

/// ``LRUHashMap`` with values for every worker.
@safe struct LRUPerCPUHashMap: MapKind {
    private let map: LRUMap

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try HashLayout.check(spec, flags: [.noPreallocation, .noCommonLRU, .zeroSeed])
        try spec.checkWorkerValue()
        map = try LRUMap(spec, options, workers: options.workers)
    }

    var memory: MapMemory { map.memory }
    var userValueSize: Int { map.userValueSize }
    var count: Int { map.count }
    var batchChanges: BatchChanges { [.update, .delete] }
    var values: MapValues { unsafe map.workers.values(HashHeader.at(memory.base)) }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.lookup(key) }
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { try map.update(key, value, flags) }
    func delete(_ key: [UInt8]) throws(Errno) { try map.memory.delete(key) }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.take(key) }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try map.nextKey(after: key) }
    func entries() throws(Errno) -> MapEntries { map.entries() }
    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { try map.batch(request) }
}

/// What both kinds of LRU map share.
@safe struct LRUMap {
    let memory: MapMemory
    let spec: MapSpec
    let layout: HashLayout
    /// Per-CPU values; of no worker where values are in the entries.
    let workers: WorkerValues

    init(_ spec: MapSpec, _ options: MapOptions, workers count: Int) throws(MapError) {
        let isCommon = options.lru == .exact || !spec.flags.contains(.noCommonLRU)
        let nodes = unsafe BatchedRecency.nodeCount(spec.maxEntries, workers: options.workers, isCommon: isCommon)
        var table = spec
        table.maxEntries = nodes
        self.spec = spec
        layout = try HashLayout(table, extra: UseWord.size, workers: count)
        workers = WorkerValues(size: spec.valueSize, workers: count, apart: layout.tableStride)
        let recency = (layout.bytes + 63) & ~63
        let size =
            switch options.lru {
            case .exact: unsafe ExactRecency.bytes(entries: nodes, slots: layout.slots)
            case .kernel:
                unsafe BatchedRecency.bytes(count: nodes, workers: options.workers, isCommon: isCommon)
            }
        let functions = unsafe count == 0 ? Self.functions(keySize: spec.keySize) : Self.workerFunctions
        memory = try unsafe MapMemory(spec, functions, bytes: recency + size, options)
        let header = unsafe HashHeader.at(memory.base)
        unsafe header.initialize(to: HashHeader(table, layout, memory, options, workers: count))
        let place = unsafe memory.tables + recency
        unsafe LRUHeader.at(memory.base).initialize(
            to: LRUHeader(
                mode: options.lru, exact: ExactRecency(at: place, entries: nodes),
                batched: BatchedRecency(
                    at: place, header, count: options.lru == .kernel ? nodes : 0, workers: options.workers,
                    isCommon: isCommon)))
    }

    var userValueSize: Int { isPerCPU ? workers.userSize : spec.valueSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }
    private var isPerCPU: Bool { workers.workers > 0 }
    private var header: UnsafeMutablePointer<HashHeader> { unsafe HashHeader.at(memory.base) }

    func lookup(_ key: [UInt8]) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, userValueSize) { key, target in
            if isPerCPU {
                return unsafe LRUTable.Table.readWorkers(memory.base, key, workers, to: target, taking: false)
            }
            return unsafe LRUTable.Table.read(memory.base, key, to: target) ? nil : .noEntry
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        guard isPerCPU else { return try memory.update(key, value, flags) }
        try unsafe memory.withKey(key, value) { key, value in
            unsafe LRUTable.update(memory.base, key, flags, worker: 0, inPlace: true) { index, _ in
                unsafe workers.write(value, to: header.workerValue(index, 0))
            }
        }
    }

    func take(_ key: [UInt8]) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, userValueSize) { key, target in
            let result = unsafe LRUTable.delete(memory.base, key) { unsafe read($0, to: target) }
            return result == 0 ? nil : .noEntry
        }
    }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try memory.nextHashKey(after: key, spec.keySize) }

    func entries() -> MapEntries {
        unsafe memory.hashEntries(spec, valueSize: userValueSize, count) { unsafe read($0, to: $1) }
    }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch {
        if request.removing { unsafe WriterLock.lock(memory.base) }
        defer { if request.removing { unsafe WriterLock.unlock(memory.base) } }
        return try unsafe memory.hashBatch(request, spec, valueSize: userValueSize) {
            unsafe read($0, to: $1)
        } remove: {
            unsafe LRUTable.remove($0, $1)
        }
    }

    private func read(_ index: Int, to target: UnsafeMutableRawPointer) {
        if isPerCPU {
            unsafe workers.read(header.workerValue(index, 0), to: target)
        } else {
            let value = unsafe header.entry(index) + header.pointee.valueOffset
            unsafe Words.copy(entry: value, to: target, count: spec.valueSize)
        }
    }
}
