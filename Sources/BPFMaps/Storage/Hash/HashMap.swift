import BPFModel
import Synchronization

/// A hash: entries found by a key of any bytes.
@safe struct HashMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let layout: HashLayout

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkKeySize()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags.union(.noPreallocation))
        self.spec = spec
        layout = try HashLayout(spec)
        memory = try unsafe MapMemory(spec, Self.functions(keySize: spec.keySize), bytes: layout.bytes, options)
        unsafe HashHeader.at(memory.base).initialize(
            to: HashHeader(
                control: memory.tables, groups: UInt64(layout.groups), seeds: HashSeeds(options.seed),
                entries: memory.tables + layout.entriesOffset, stride: layout.stride, valueOffset: layout.valueOffset,
                keySize: spec.keySize, valueSize: spec.valueSize, capacity: spec.maxEntries))
    }

    var values: MapValues {
        unsafe MapValues(
            at: entry(0) + layout.valueOffset, stride: layout.stride, size: spec.valueSize, slots: layout.slots)
    }

    var userValueSize: Int { spec.valueSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let value = locked { unsafe memory.withValue(of: key) { unsafe memory.bytes($0, spec.valueSize) } }
        guard let value else { throw .noEntry }
        return value
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try memory.update(key, value, flags)
    }

    func delete(_ key: [UInt8]) throws(Errno) { try memory.delete(key) }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] {
        let next: [UInt8]? = locked {
            let slot = unsafe HashSlots.next(memory.base, slot(of: key) &+ 1)
            return slot < 0 ? nil : unsafe memory.bytes(entry(slot), spec.keySize)
        }
        guard let next else { throw .noEntry }
        return next
    }

    func entries() throws(Errno) -> MapEntries {
        locked {
            var result = MapEntries(keySize: spec.keySize, valueSize: spec.valueSize, capacity: count)
            var slot = unsafe HashSlots.next(memory.base, 0)
            while slot >= 0 {
                unsafe result.keys.append(
                    contentsOf: UnsafeRawBufferPointer(start: entry(slot), count: spec.keySize))
                unsafe result.values.append(
                    contentsOf: UnsafeRawBufferPointer(start: entry(slot) + layout.valueOffset, count: spec.valueSize))
                slot = unsafe HashSlots.next(memory.base, slot &+ 1)
            }
            return result
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        unsafe WriterLock.lock(memory.base)
        defer { unsafe WriterLock.unlock(memory.base) }
        return body()
    }

    private func entry(_ slot: Int) -> UnsafeMutableRawPointer {
        unsafe memory.tables + layout.entriesOffset + slot * layout.stride
    }

    /// The slot of a key, or -1.
    private func slot(of key: [UInt8]?) -> Int {
        guard let key else { return -1 }
        let address = unsafe memory.withValue(of: key) { unsafe UnsafeRawPointer($0) - layout.valueOffset }
        guard let address = unsafe address else { return -1 }
        return unsafe (address - UnsafeRawPointer(entry(0))) / layout.stride
    }
}

extension HashMap {
    /// The functions for keys of a length.
    private static func functions(keySize: Int) -> MapFunctions {
        var functions = unsafe MapFunctions()
        switch keySize {
        case 4:
            unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key4>.lookup(map, key) }
            unsafe functions.update = { map, key, value, flags, _ in
                unsafe HashTable<Key4>.update(map, key, value, flags)
            }
            unsafe functions.delete = { map, key, _ in unsafe HashTable<Key4>.delete(map, key) }
        case 8:
            unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key8>.lookup(map, key) }
            unsafe functions.update = { map, key, value, flags, _ in
                unsafe HashTable<Key8>.update(map, key, value, flags)
            }
            unsafe functions.delete = { map, key, _ in unsafe HashTable<Key8>.delete(map, key) }
        case 16:
            unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key16>.lookup(map, key) }
            unsafe functions.update = { map, key, value, flags, _ in
                unsafe HashTable<Key16>.update(map, key, value, flags)
            }
            unsafe functions.delete = { map, key, _ in unsafe HashTable<Key16>.delete(map, key) }
        default:
            unsafe functions.lookup = { map, key, _ in unsafe HashTable<KeyBytes>.lookup(map, key) }
            unsafe functions.update = { map, key, value, flags, _ in
                unsafe HashTable<KeyBytes>.update(map, key, value, flags)
            }
            unsafe functions.delete = { map, key, _ in unsafe HashTable<KeyBytes>.delete(map, key) }
        }
        unsafe functions.next = { map, walk, _ in
            let walk = unsafe MapWalk.at(walk)
            let slot = unsafe HashSlots.next(map, walk.pointee.position)
            guard slot >= 0 else { return nil }
            let header = unsafe HashHeader.at(map)
            let entry = unsafe header.pointee.entries + slot &* header.pointee.stride
            unsafe walk.pointee.position = slot &+ 1
            unsafe walk.pointee.key = UnsafeRawPointer(entry)
            return unsafe entry + header.pointee.valueOffset
        }
        return unsafe functions
    }
}
