import BPFModel

/// An array of which every worker has its own: a whole array of values for each of them.
@safe struct PerCPUArrayMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let stride: Int
    private let workers: Int
    /// The size of one worker's values, whole cache lines.
    private let workerStride: Int

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkIndexKey()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags)
        self.spec = spec
        workers = options.workers
        stride = try MapSpec.roundUp(spec.valueSize)
        workerStride = try PerWorker.stride(spec.maxEntries, stride)
        memory = try unsafe MapMemory(spec, Self.functions, bytes: MapSpec.total(workers, workerStride), options)
        let header = unsafe ArrayHeader.at(memory.base)
        unsafe header.initialize(
            to: ArrayHeader(
                values: memory.tables, stride: stride, workers: UInt32(clamping: workers), workerStride: workerStride))
    }

    var values: MapValues {
        unsafe MapValues(
            at: memory.tables, stride: stride, size: spec.valueSize, slots: workerStride / stride * workers)
    }

    var userValueSize: Int { stride * workers }
    var count: Int { spec.maxEntries }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let value = unsafe memory.withValue(of: key) { value in
            unsafe PerWorker.read(value, size: spec.valueSize, workers: workers, apart: workerStride)
        }
        guard let value else { throw .noEntry }
        return value
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        guard let mode = UpdateMode(rawValue: flags) else { throw .invalid }
        let found: Void? = unsafe memory.withValue(of: key) { target in
            if mode == .noExist { return }
            unsafe PerWorker.write(value, to: target, size: spec.valueSize, workers: workers, apart: workerStride)
        }
        guard found != nil else { throw .tooBig }
        if mode == .noExist { throw .exists }
    }

    func delete(_ key: [UInt8]) throws(Errno) { throw .invalid }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try ArrayKeys.next(after: key, spec.maxEntries) }

    func entries() throws(Errno) -> MapEntries {
        var result = MapEntries(keySize: 4, valueSize: userValueSize, capacity: count)
        for index in 0..<count {
            let key = ArrayKeys.key(of: index)
            result.keys += key
            result.values += try lookup(key, 0)
        }
        return result
    }

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
            guard let mode = UpdateMode(rawValue: flags) else { return Errno.invalid.returned }
            guard let target = unsafe MapHeader.at(map).pointee.functions.lookup(map, key, worker) else {
                return Errno.tooBig.returned
            }
            if mode == .noExist { return Errno.exists.returned }
            unsafe Words.copy(value, to: target, count: MapHeader.at(map).pointee.valueSize)
            return 0
        }
        unsafe functions.delete = { _, _, _ in Errno.invalid.returned }
        unsafe functions.next = { map, walk, worker in unsafe ArrayKeys.step(map, walk, worker) }
        return unsafe functions
    }
}
