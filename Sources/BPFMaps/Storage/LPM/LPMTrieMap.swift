import BPFModel
import Synchronization

/// Values found by the longest prefix that matches.
///
/// A key is the prefix's length in bits, 32 bits in the machine's order, then its bytes, the highest first. Writers
/// take turns; lookups wait for nobody.
@safe struct LPMTrieMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec
    private var trie: PrefixTrie { unsafe PrefixTrie.at(memory.base).pointee }

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try Self.check(spec)
        self.spec = spec
        let key = try MapSpec.roundUp(spec.keySize)
        let value = try MapSpec.roundUp(spec.valueSize)
        let valueOffset = unsafe PrefixNode.keyOffset + key
        // At most one fork for each entry, one node that replaces another, and node 0, which is none.
        let last = min(2 * spec.maxEntries + 2, Int(UInt32.max) - 1)
        memory = try unsafe MapMemory(
            spec, Self.functions, bytes: MapSpec.total(last + 1, valueOffset + value), options)
        unsafe PrefixTrie.at(memory.base).initialize(
            to: PrefixTrie(
                nodes: memory.tables, stride: valueOffset + value, keySize: spec.keySize, valueOffset: valueOffset,
                valueSize: spec.valueSize, capacity: spec.maxEntries, longest: 8 * (spec.keySize - 4),
                last: UInt32(last)))
        unsafe PrefixTrie.state(memory.base).initialize(to: PrefixTrie.State())
    }

    private static func check(_ spec: MapSpec) throws(MapError) {
        try spec.checkCapacity(atMost: Int(UInt32.max))
        guard spec.flags.contains(.noPreallocation) else { throw .needsNoPreallocation(spec.type) }
        try spec.checkFlags(MapSpec.accessFlags.union([.noPreallocation, .numaNode]))
        guard (5...260).contains(spec.keySize) else { throw .prefixSize(spec.keySize) }
        try spec.checkValueSize()
        guard spec.valueSize <= MapSpec.largestPrefixValue else {
            throw .prefixValue(spec.valueSize, limit: MapSpec.largestPrefixValue)
        }
    }

    var values: MapValues {
        unsafe MapValues(
            at: trie.node(1).address + trie.valueOffset, stride: trie.stride, size: spec.valueSize,
            slots: Int(trie.last))
    }

    var userValueSize: Int { spec.valueSize }
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }
    var batchChanges: BatchChanges { [.update, .delete] }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key, spec.valueSize) { key, target in
            while true {
                let (value, reuses) = unsafe PrefixTrie.find(memory.base, key)
                guard let value = unsafe value else { return .noEntry }
                unsafe Words.copy(entry: value, to: target, count: spec.valueSize)
                if unsafe PrefixTrie.reuses(memory.base).pointee.load(ordering: .acquiring) == reuses { return nil }
            }
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try memory.update(key, value, flags)
    }

    func delete(_ key: [UInt8]) throws(Errno) { try memory.delete(key) }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] {
        try unsafe memory.filled(key ?? [0], spec.keySize) { address, target in
            unsafe WriterLock.lock(memory.base)
            defer { unsafe WriterLock.unlock(memory.base) }
            let next = unsafe trie.next(after: key == nil ? nil : address, root: PrefixTrie.root(memory.base))
            if next == 0 { return .noEntry }
            unsafe Words.copy(entry: trie.node(next).key, to: target, count: spec.keySize)
            return nil
        }
    }

    /// All entries at one moment: writers wait meanwhile.
    func entries() throws(Errno) -> MapEntries {
        unsafe WriterLock.lock(memory.base)
        defer { unsafe WriterLock.unlock(memory.base) }
        var entries = MapEntries(keySize: spec.keySize, valueSize: spec.valueSize, capacity: count)
        let root = unsafe PrefixTrie.root(memory.base)
        var next = unsafe trie.next(after: nil, root: root)
        while next != 0 {
            let node = unsafe trie.node(next)
            unsafe entries.append(key: node.key) {
                unsafe Words.copy(entry: node.address + trie.valueOffset, to: $0, count: spec.valueSize)
            }
            next = unsafe trie.next(after: node.key, root: root)
        }
        return entries
    }

    func batch(_ request: MapBatchRequest) throws(Errno) -> MapBatch { try keyBatch(request) }

    private static var functions: MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.lookup = { map, key, _ in unsafe PrefixTrie.find(map, key).value }
        unsafe functions.update = { map, key, value, flags, _ in unsafe PrefixTrie.update(map, key, value, flags) }
        unsafe functions.delete = { map, key, _ in unsafe PrefixTrie.delete(map, key) }
        return unsafe functions
    }
}
