import BPFModel
import Synchronization

/// A hash of which every worker has values of its own: keys in one table, values in a table for each worker.
@safe struct PerCPUHashMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let workers: WorkerValues
    private let slots: Int

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try HashLayout.check(spec, flags: [.noPreallocation, .zeroSeed])
        try spec.checkWorkerValue()
        self.spec = spec
        let layout = try HashLayout(spec, workers: options.workers)
        slots = layout.slots
        workers = WorkerValues(size: spec.valueSize, workers: options.workers, apart: layout.tableStride)
        memory = try unsafe MapMemory(spec, Self.functions(keySize: spec.keySize), bytes: layout.bytes, options)
        unsafe HashHeader.at(memory.base).initialize(
            to: HashHeader(spec, layout, memory, options, workers: options.workers))
    }

    private var header: UnsafeMutablePointer<HashHeader> { unsafe HashHeader.at(memory.base) }

    var values: MapValues { unsafe workers.values(header) }
    var userValueSize: Int { workers.userSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }
    var batchChanges: BatchChanges { [.update, .delete] }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, userValueSize) { key, target in
            unsafe HashTable<KeyBytes>.readWorkers(memory.base, key, workers, to: target, taking: false)
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try unsafe memory.withKey(key, value) { key, value in
            unsafe HashTable<KeyBytes>.updateWorkers(memory.base, key, flags) {
                unsafe workers.write(value, to: $0)
            } change: {
                unsafe workers.write(value, to: $0)
            }
        }
    }

    func delete(_ key: [UInt8]) throws(Errno) { try memory.delete(key) }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, userValueSize) { key, target in
            unsafe HashTable<KeyBytes>.readWorkers(memory.base, key, workers, to: target, taking: true)
        }
    }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try memory.nextHashKey(after: key, spec.keySize) }

    func entries() throws(Errno) -> MapEntries {
        unsafe memory.hashEntries(spec, valueSize: userValueSize, count) {
            unsafe workers.read(header.workerValue($0, 0), to: $1)
        }
    }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch {
        try unsafe memory.hashBatch(request, spec, valueSize: userValueSize) {
            unsafe workers.read(header.workerValue($0, 0), to: $1)
        } remove: {
            unsafe HashTable<KeyBytes>.remove($0, $1)
        }
    }
}

extension PerCPUHashMap {
    private static func functions(keySize: Int) -> MapFunctions {
        var functions = unsafe MapFunctions()
        switch keySize {
        case 4:
            unsafe functions.lookup = { map, key, worker in
                unsafe HashTable<Key4>.lookup(map, key, worker: worker)
            }
        case 8:
            unsafe functions.lookup = { map, key, worker in
                unsafe HashTable<Key8>.lookup(map, key, worker: worker)
            }
        case 16:
            unsafe functions.lookup = { map, key, worker in
                unsafe HashTable<Key16>.lookup(map, key, worker: worker)
            }
        default:
            unsafe functions.lookup = { map, key, worker in
                unsafe HashTable<KeyBytes>.lookup(map, key, worker: worker)
            }
        }
        unsafe functions.update = { map, key, value, flags, worker in
            unsafe HashTable<KeyBytes>.updateOwn(map, key, value, flags, worker)
        }
        unsafe functions.delete = { map, key, _ in unsafe HashTable<KeyBytes>.delete(map, key) }
        unsafe functions.next = { map, walk, worker in
            guard let next = unsafe HashWalk.step(map, MapWalk.at(walk)),
                unsafe worker < HashHeader.at(map).pointee.workers
            else { return nil }
            return unsafe HashHeader.at(map).workerValue(next.index, worker)
        }
        return unsafe functions
    }
}

extension WorkerValues {
    /// Where the workers' values of a hash table lie: all their tables, one behind the other.
    func values(_ header: UnsafeMutablePointer<HashHeader>) -> MapValues {
        let stride = unsafe header.pointee.workerStride
        return unsafe MapValues(
            at: header.workerValue(1, 0), stride: stride, size: size, slots: apart / stride * workers)
    }
}
