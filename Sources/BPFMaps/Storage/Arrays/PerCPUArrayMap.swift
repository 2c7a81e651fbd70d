import BPFModel

/// An array of which every worker has its own: a whole array of values for each of them.
@safe struct PerCPUArrayMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let workerValues: WorkerValues

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkIndexKey()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags)
        try spec.checkWorkerValue()
        self.spec = spec
        let stride = try MapSpec.roundUp(spec.valueSize)
        let workerStride = try WorkerValues.stride(spec.maxEntries, stride)
        workerValues = WorkerValues(size: spec.valueSize, workers: options.workers, apart: workerStride)
        memory = try unsafe MapMemory(
            spec, Self.functions, bytes: MapSpec.total(options.workers, workerStride), options)
        let header = unsafe ArrayHeader.at(memory.base)
        unsafe header.initialize(
            to: ArrayHeader(
                values: memory.tables, stride: stride, workers: UInt32(clamping: options.workers),
                workerStride: workerStride))
    }

    var values: MapValues {
        let header = unsafe ArrayHeader.at(memory.base).pointee
        return unsafe MapValues(
            at: memory.tables, stride: header.stride, size: spec.valueSize,
            slots: header.workerStride / header.stride * workerValues.workers)
    }

    var userValueSize: Int { workerValues.userSize }
    var count: Int { spec.maxEntries }
    var batchChanges: BatchChanges { .update }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, userValueSize) { key, target in
            guard let value = unsafe MapHeader.at(memory.base).pointee.functions.lookup(memory.base, key, 0) else {
                return .noEntry
            }
            unsafe workerValues.read(value, to: target)
            return nil
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        guard let flags = UpdateFlags(flags, -1) else { throw .invalid }
        try unsafe memory.withKey(key, value) { key, value in
            guard let first = unsafe MapHeader.at(memory.base).pointee.functions.lookup(memory.base, key, 0) else {
                return Errno.tooBig.returned
            }
            if let refused = flags.mode.refusal(exists: true) { return refused.returned }
            unsafe workerValues.write(value, to: first)
            return 0
        }
    }

    func delete(_ key: [UInt8]) throws(Errno) { throw .invalid }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try ArrayKeys.next(after: key, spec.maxEntries) }

    func entries() throws(Errno) -> MapEntries { try arrayEntries() }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { try keyBatch(request) }

    private static var functions: MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.lookup = { map, key, worker in
            let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
            let header = unsafe ArrayHeader.at(map)
            guard unsafe index < MapHeader.at(map).pointee.capacity, unsafe worker < header.pointee.workers else {
                return nil
            }
            let own = unsafe Int(worker) &* header.pointee.workerStride
            return unsafe header.pointee.values + own + index &* header.pointee.stride
        }
        unsafe functions.update = { map, key, value, flags, worker in
            guard let flags = UpdateFlags(flags, -1) else { return Errno.invalid.returned }
            guard let target = unsafe MapHeader.at(map).pointee.functions.lookup(map, key, worker) else {
                return Errno.tooBig.returned
            }
            if let refused = flags.mode.refusal(exists: true) { return refused.returned }
            unsafe Words.copy(value, toEntry: target, count: MapHeader.at(map).pointee.valueSize)
            return 0
        }
        unsafe functions.delete = { _, _, _ in Errno.invalid.returned }
        unsafe functions.next = { map, walk, worker in unsafe ArrayKeys.step(map, walk, worker) }
        return unsafe functions
    }
}
