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
        try spec.checkFlags(MapSpec.accessFlags.union([.mappable, .innerMap, .numaNode]))
        self.spec = spec
        stride = try MapSpec.roundUp(spec.valueSize)
        memory = try unsafe MapMemory(
            spec, Self.functions, bytes: MapSpec.total(spec.maxEntries, stride), options)
        let header = unsafe ArrayHeader.at(memory.base)
        unsafe header.initialize(
            to: ArrayHeader(values: memory.tables, stride: stride, spinLock: Int32(clamping: spec.spinLock ?? -1)))
    }

    var values: MapValues {
        unsafe MapValues(at: memory.tables, stride: stride, size: spec.valueSize, slots: spec.maxEntries)
    }

    var userValueSize: Int { spec.valueSize }
    var count: Int { spec.maxEntries }
    var batchChanges: BatchChanges { .update }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let lock = unsafe ArrayHeader.at(memory.base).pointee.spinLock
        return try unsafe memory.filled(key, spec.valueSize) { key, target in
            guard let value = unsafe MapHeader.at(memory.base).pointee.functions.lookup(memory.base, key, 0) else {
                return .noEntry
            }
            if flags & ValueLock.flag != 0 {
                unsafe ValueLock.read(value, to: target, size: spec.valueSize, lock: Int(lock))
                return nil
            }
            let writers = unsafe ArrayHeader.lock(memory.base, Int(key.loadUnaligned(as: UInt32.self)))
            unsafe WordLock.lock(writers)
            unsafe Words.copy(entry: value, to: target, count: spec.valueSize)
            unsafe WordLock.unlock(writers)
            unsafe ValueLock.hide(target, lock: lock)
            return nil
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try memory.update(key, value, flags)
    }

    func delete(_ key: [UInt8]) throws(Errno) { throw .invalid }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try ArrayKeys.next(after: key, spec.maxEntries) }

    func entries() throws(Errno) -> MapEntries { try arrayEntries() }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { try keyBatch(request) }

    private static var functions: MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.lookup = { map, key, _ in
            let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
            guard unsafe index < MapHeader.at(map).pointee.capacity else { return nil }
            let header = unsafe ArrayHeader.at(map)
            return unsafe header.pointee.values + index &* header.pointee.stride
        }
        unsafe functions.update = { map, key, value, flags, _ in
            let lock = unsafe ArrayHeader.at(map).pointee.spinLock
            guard let flags = UpdateFlags(flags, lock) else { return Errno.invalid.returned }
            guard let target = unsafe MapHeader.at(map).pointee.functions.lookup(map, key, 0) else {
                return Errno.tooBig.returned
            }
            if let refused = flags.mode.refusal(exists: true) { return refused.returned }
            let size = unsafe MapHeader.at(map).pointee.valueSize
            let writers = unsafe ArrayHeader.lock(map, Int(key.loadUnaligned(as: UInt32.self)))
            unsafe WordLock.lock(writers)
            if flags.inPlace {
                unsafe ValueLock.write(value, to: target, size: size, lock: lock)
            } else {
                unsafe ValueLock.copy(value, to: target, size: size, lock: lock)
            }
            unsafe WordLock.unlock(writers)
            return 0
        }
        unsafe functions.delete = { _, _, _ in Errno.invalid.returned }
        unsafe functions.next = { map, walk, worker in unsafe ArrayKeys.step(map, walk, worker) }
        return unsafe functions
    }
}
