import BPFModel
import Synchronization

/// A hash: entries found by a key of any bytes.
@safe struct HashMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private let layout: HashLayout

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try HashLayout.check(spec, flags: [.noPreallocation, .zeroSeed, .numaNode])
        self.spec = spec
        layout = try HashLayout(spec)
        memory = try unsafe MapMemory(spec, Self.functions(keySize: spec.keySize), bytes: layout.bytes, options)
        unsafe HashHeader.at(memory.base).initialize(to: HashHeader(spec, layout, memory, options))
    }

    var values: MapValues {
        unsafe MapValues(
            at: header.entry(1) + layout.valueOffset, stride: layout.stride, size: spec.valueSize,
            slots: layout.slots)
    }

    var userValueSize: Int { spec.valueSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }
    var batchChanges: BatchChanges { [.update, .delete] }
    private var header: UnsafeMutablePointer<HashHeader> { unsafe HashHeader.at(memory.base) }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, spec.valueSize) { key, target in
            if flags & ValueLock.flag != 0 { return unsafe readLocked(key, to: target) }
            guard unsafe HashTable<KeyBytes>.read(memory.base, key, to: target) else { return .noEntry }
            unsafe ValueLock.hide(target, lock: header.pointee.spinLock)
            return nil
        }
    }

    func lookup(many keys: [UInt8], _ result: inout MapLookups) throws(Errno) {
        let count = result.found.count
        let lock = unsafe header.pointee.spinLock
        var found = result.found
        unsafe keys.withUnsafeBytes { keys in
            unsafe result.values.withUnsafeMutableBytes { values in
                guard let keys = keys.baseAddress, let values = values.baseAddress else { return }
                let note = { (index: Int) in
                    found[index] = true
                    unsafe ValueLock.hide(values + index * spec.valueSize, lock: lock)
                }
                switch spec.keySize {
                case 16: unsafe HashTable<Key16>.readMany(memory.base, keys, count: count, to: values, note)
                default: unsafe HashTable<KeyBytes>.readMany(memory.base, keys, count: count, to: values, note)
                }
            }
        }
        result.found = found
    }

    private func readLocked(_ key: UnsafeRawPointer, to target: UnsafeMutableRawPointer) -> Errno? {
        guard let value = unsafe HashTable<KeyBytes>.lookup(memory.base, key) else { return .noEntry }
        unsafe ValueLock.read(value, to: target, size: spec.valueSize, lock: Int(header.pointee.spinLock))
        return nil
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try memory.update(key, value, flags)
    }

    func delete(_ key: [UInt8]) throws(Errno) { try memory.delete(key) }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, spec.valueSize) { key, target in
            guard unsafe HashTable<KeyBytes>.delete(memory.base, key, taking: target) == 0 else { return .noEntry }
            unsafe ValueLock.hide(target, lock: header.pointee.spinLock)
            return nil
        }
    }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try memory.nextHashKey(after: key, spec.keySize) }

    func entries() throws(Errno) -> MapEntries {
        unsafe memory.hashEntries(spec, valueSize: spec.valueSize, count) { unsafe readEntry($0, to: $1) }
    }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch {
        try unsafe memory.hashBatch(request, spec, valueSize: spec.valueSize) {
            unsafe readEntry($0, to: $1)
        } remove: {
            unsafe HashTable<KeyBytes>.remove($0, $1)
        }
    }

    private func readEntry(_ index: Int, to target: UnsafeMutableRawPointer) {
        let value = unsafe header.entry(index) + layout.valueOffset
        unsafe Words.copy(entry: value, to: target, count: spec.valueSize)
        unsafe ValueLock.hide(target, lock: header.pointee.spinLock)
    }
}

extension HashMap {
    /// The functions for keys of a length: those of the most frequent lengths are compiled for them.
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
            guard let next = unsafe HashWalk.step(map, MapWalk.at(walk)) else { return nil }
            return unsafe next.entry + HashHeader.at(map).pointee.valueOffset
        }
        return unsafe functions
    }
}
