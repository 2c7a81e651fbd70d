import BPFModel
import Synchronization

/// Words of 64 bits found by an index or by a key, which change at once while programs read them: what the kinds are
/// made of that hold maps, programs and targets.
///
/// 0 means that nothing is there. A cell is 0 before it gets an owner and when it loses it, so a program that found
/// it a moment before reads the old word, 0, or the new owner's word, and never half of one.
///
/// Invariant: cells are 8-byte aligned and written only here, one writer after the other.
@safe struct CellTable: Sendable {
    let memory: MapMemory
    /// What cells are found by: nil for an index.
    private let keys: HashMap?
    private let spec: MapSpec
    private let writer = WriterQueue()

    /// Makes a table that is found as `spec` says, whose values are cells.
    ///
    /// - Parameters:
    ///   - keyed: whether cells are found by keys of any bytes, rather than by index.
    ///   - functions: what programs may do; their `lookup` finds a cell with ``CellHeader/find(_:_:)``.
    init(_ spec: MapSpec, keyed: Bool, _ functions: MapFunctions, _ options: MapOptions) throws(MapError) {
        self.spec = spec
        if keyed {
            let hash = MapSpec(
                type: .hash, keySize: spec.keySize, valueSize: 8, maxEntries: spec.maxEntries,
                flags: spec.flags.intersection(.noPreallocation))
            var hashOptions = options
            if spec.flags.contains(.zeroSeed) { hashOptions.seed = 0 }
            let keys = try HashMap(hash, hashOptions)
            self.keys = keys
            memory = try unsafe MapMemory(spec, functions, bytes: 0, options)
            let find = unsafe MapHeader.at(keys.memory.base).pointee.functions.lookup
            unsafe CellHeader.at(memory.base).initialize(to: CellHeader(table: keys.memory.base, find: find))
        } else {
            let bytes = try MapSpec.total(spec.maxEntries, 8)
            memory = try unsafe MapMemory(spec, functions, bytes: bytes, options)
            keys = nil
            let find: MapFunctions.Lookup = { map, key, _ in
                let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
                guard unsafe index < MapHeader.at(map).pointee.capacity else { return nil }
                return unsafe map + MapHeader.reserved + index &* 8
            }
            unsafe CellHeader.at(memory.base).initialize(to: CellHeader(table: memory.base, find: find))
        }
    }

    /// Where the cells are.
    var values: MapValues {
        if let cells = keys?.values {
            return MapValues(
                base: cells.base, stride: cells.stride, size: UInt64(spec.valueSize), slots: cells.slots)
        }
        return unsafe MapValues(at: memory.tables, stride: 8, size: spec.valueSize, slots: spec.maxEntries)
    }

    /// The word of a key: 0 where nothing is there.
    func word(of key: [UInt8]) -> UInt64 { unsafe find(key) { unsafe CellHeader.load($0) } ?? 0 }

    /// Sets the word of a key, which may be new in a keyed table; gives what was there.
    ///
    /// - Throws: `E2BIG` for an index past the end and where a keyed table is full.
    func set(_ key: [UInt8], _ word: UInt64) throws(Errno) -> UInt64 {
        try writer.turn { () throws(Errno) in
            if let old = unsafe find(key, { unsafe CellHeader.exchange($0, word) }) { return old }
            guard let keys else { throw .tooBig }
            try keys.update(key, [UInt8](repeating: 0, count: 8), UpdateMode.noExist.rawValue)
            return unsafe find(key) { unsafe CellHeader.exchange($0, word) } ?? 0
        }
    }

    /// Empties a key's cell, which is gone then in a keyed table; gives what was there.
    ///
    /// - Throws: `ENOENT` where a keyed table doesn't have the key.
    func clear(_ key: [UInt8]) throws(Errno) -> UInt64 {
        try writer.turn { () throws(Errno) in
            let old = unsafe find(key) { unsafe CellHeader.exchange($0, 0) }
            try keys?.delete(key)
            return old ?? 0
        }
    }

    /// Whether an index is past the end; never of keys.
    func isPastEnd(_ key: [UInt8]) -> Bool { keys == nil && ArrayKeys.index(of: key) >= spec.maxEntries }

    /// How many keys there are; an array always has all of them.
    var count: Int { keys?.count ?? spec.maxEntries }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] {
        if let keys { return try keys.nextKey(after: key) }
        return try ArrayKeys.next(after: key, spec.maxEntries)
    }

    /// The keys that have a word.
    func used() throws(Errno) -> [[UInt8]] {
        let all: [[UInt8]]
        if let keys {
            let entries = try keys.entries()
            all = entries.indices.map { Array(entries.key(at: $0)) }
        } else {
            all = (0..<spec.maxEntries).map(ArrayKeys.key)
        }
        return all.filter { word(of: $0) != 0 }
    }

    private func find<Result>(_ key: [UInt8], _ body: (UnsafeMutableRawPointer) -> Result) -> Result? {
        unsafe key.withUnsafeBytes { key in
            guard let key = key.baseAddress else { return nil }
            guard let cell = unsafe CellHeader.find(memory.base, key) else { return nil }
            return unsafe body(cell)
        }
    }
}

/// Lets writers through one after the other.
private final class WriterQueue: Sendable {
    private let lock = Mutex<Void>(())

    func turn<Result: Sendable>(_ body: () throws(Errno) -> Result) throws(Errno) -> Result {
        try lock.withLock { _ throws(Errno) in try body() }
    }
}
