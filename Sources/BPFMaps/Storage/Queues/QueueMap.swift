import BPFModel
import Synchronization

/// A queue, whose values come out in the order they went in, or a stack, whose last one in comes out first.
@safe struct QueueMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkNoKey()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags.union(.numaNode))
        try spec.checkExtra(0...0)
        guard spec.valueSize <= MapSpec.largestValue else {
            throw .tooLarge("value size", spec.valueSize, limit: MapSpec.largestValue)
        }
        self.spec = spec
        let stride = try MapSpec.roundUp(spec.valueSize)
        memory = try unsafe MapMemory(
            spec, Self.functions(lastInFirstOut: spec.type == .stack), bytes: MapSpec.total(spec.maxEntries, stride),
            options)
        unsafe QueueHeader.at(memory.base).initialize(to: QueueHeader(values: memory.tables, stride: stride))
    }

    var values: MapValues { .none }
    var userValueSize: Int { spec.valueSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        guard flags == 0 else { throw .invalid }
        return try memory.peek(spec.valueSize)
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { try memory.push(value, flags) }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        guard flags == 0 else { throw .invalid }
        return try memory.pop(spec.valueSize)
    }

    func delete(_ key: [UInt8]) throws(Errno) { throw .invalid }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { throw .invalid }

    /// The values in the order in which they would come out.
    func entries() throws(Errno) -> MapEntries {
        var result = MapEntries(keySize: 0, valueSize: spec.valueSize, capacity: count)
        unsafe WriterLock.lock(memory.base)
        defer { unsafe WriterLock.unlock(memory.base) }
        for place in 0..<count {
            let value = unsafe QueueHeader.value(memory.base, at: spec.type == .stack ? count - 1 - place : place)
            result.values += unsafe memory.bytes(value, spec.valueSize)
        }
        return result
    }

    private static func functions(lastInFirstOut: Bool) -> MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.push = { map, value, flags, _ in unsafe QueueHeader.push(map, value, flags) }
        if lastInFirstOut {
            unsafe functions.pop = { map, target, _ in unsafe QueueHeader.take(map, target, last: true, keep: false) }
            unsafe functions.peek = { map, target, _ in unsafe QueueHeader.take(map, target, last: true, keep: true) }
        } else {
            unsafe functions.pop = { map, target, _ in unsafe QueueHeader.take(map, target, last: false, keep: false) }
            unsafe functions.peek = { map, target, _ in unsafe QueueHeader.take(map, target, last: false, keep: true) }
        }
        return unsafe functions
    }
}
