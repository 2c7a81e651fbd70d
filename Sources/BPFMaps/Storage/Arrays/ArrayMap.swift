import BPFModel

/// An array: values at fixed places behind each other, found by a 32-bit index.
@safe struct ArrayMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let stride: Int

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkIndexKey()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags)
        self.spec = spec
        stride = try MapSpec.roundUp(spec.valueSize)
        memory = try unsafe MapMemory(
            spec, Self.functions, bytes: MapSpec.total(spec.maxEntries, stride), options)
        let header = unsafe ArrayHeader.at(memory.base)
        unsafe header.initialize(to: ArrayHeader(values: memory.tables, stride: stride, workers: 1, workerStride: 0))
    }

    var values: MapValues {
        unsafe MapValues(at: memory.tables, stride: stride, size: spec.valueSize, slots: spec.maxEntries)
    }

    var userValueSize: Int { spec.valueSize }
    var count: Int { spec.maxEntries }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let value = unsafe memory.withValue(of: key) { value in
            unsafe WriterLock.lock(memory.base)
            defer { unsafe WriterLock.unlock(memory.base) }
            return unsafe memory.bytes(value, spec.valueSize)
        }
        guard let value else { throw .noEntry }
        return value
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try memory.update(key, value, flags)
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
        unsafe functions.lookup = { map, key, _ in
            let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
            guard unsafe index < MapHeader.at(map).pointee.capacity else { return nil }
            let header = unsafe ArrayHeader.at(map)
            return unsafe header.pointee.values + index &* header.pointee.stride
        }
        unsafe functions.update = { map, key, value, flags, _ in
            guard let mode = UpdateMode(rawValue: flags) else { return Errno.invalid.returned }
            guard let target = unsafe MapHeader.at(map).pointee.functions.lookup(map, key, 0) else {
                return Errno.tooBig.returned
            }
            if mode == .noExist { return Errno.exists.returned }
            unsafe WriterLock.lock(map)
            unsafe Words.copy(value, to: target, count: MapHeader.at(map).pointee.valueSize)
            unsafe WriterLock.unlock(map)
            return 0
        }
        unsafe functions.delete = { _, _, _ in Errno.invalid.returned }
        unsafe functions.next = { map, walk, worker in unsafe ArrayKeys.step(map, walk, worker) }
        return unsafe functions
    }
}
