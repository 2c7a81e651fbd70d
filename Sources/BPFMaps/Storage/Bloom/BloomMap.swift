import BPFModel
import Synchronization

/// A bloom filter: a set that never misses a member, and now and then finds what is none.
@safe struct BloomMap: MapKind {
    let memory: MapMemory
    private let spec: MapSpec

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity(limit: Int(UInt32.max))
        try spec.checkNoKey()
        try spec.checkValueSize()
        try spec.checkFlags(MapSpec.accessFlags.union([.numaNode, .zeroSeed]))
        try spec.checkExtra(0...15)
        guard spec.valueSize <= MapSpec.largestValue else {
            throw .tooLarge("value size", spec.valueSize, limit: MapSpec.largestValue)
        }
        self.spec = spec
        let hashes = spec.extra == 0 ? 5 : Int(spec.extra)
        let mask = Self.mask(entries: spec.maxEntries, hashes: hashes)
        memory = try unsafe MapMemory(spec, Self.functions, bytes: Int(mask / 8) + 8, options)
        let seed = spec.flags.contains(.zeroSeed) ? 0 : options.seed
        unsafe BloomHeader.at(memory.base).initialize(
            to: BloomHeader(
                bits: memory.tables, mask: mask, hashes: hashes, seeds: HashSeeds(seed)))
    }

    /// One less than the number of bits that make false answers rarest: a power of two, from 64 to 2^32.
    ///
    /// Source: Linux, `bloom_map_alloc`.
    static func mask(entries: Int, hashes: Int) -> UInt64 {
        let bits = UInt64(entries) * UInt64(hashes) / 5 * 7
        guard UInt64(entries) * UInt64(hashes) <= UInt64(UInt32.max), bits <= 1 << 31 else { return 1 << 32 - 1 }
        if bits <= 64 { return 63 }
        return 1 << (64 - UInt64((bits - 1).leadingZeroBitCount)) - 1
    }

    var values: MapValues { .none }
    var userValueSize: Int { spec.valueSize }
    /// How many values were added, the same one counted every time.
    var count: Int { unsafe MapHeader.count(memory.base).pointee.load(ordering: .relaxed) }

    /// Linux takes the value to look for where other kinds give one back: that is ``Map/contains(_:)``.
    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .invalid }
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { try memory.push(value, flags) }
    func delete(_ key: [UInt8]) throws(Errno) { throw .notSupported }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { throw .notSupported }

    private static var functions: MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.push = { map, value, flags, _ in
            guard flags == 0 else { return Errno.invalid.returned }
            unsafe BloomHeader.at(map).pointee.add(value, count: MapHeader.at(map).pointee.valueSize)
            unsafe MapHeader.count(map).pointee.wrappingAdd(1, ordering: .relaxed)
            return 0
        }
        unsafe functions.peek = { map, value, _ in
            let size = unsafe MapHeader.at(map).pointee.valueSize
            return unsafe BloomHeader.at(map).pointee.contains(value, count: size) ? 0 : Errno.noEntry.returned
        }
        return unsafe functions
    }
}

/// The bits of a bloom filter, and how values choose theirs.
@unsafe struct BloomHeader {
    let bits: UnsafeMutableRawPointer
    let mask: UInt64
    let hashes: Int
    let seeds: HashSeeds

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<BloomHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: BloomHeader.self)
    }

    func add(_ value: UnsafeRawPointer, count: Int) {
        unsafe forEachBit(value, count) { word, bit in
            unsafe word.pointee.bitwiseOr(bit, ordering: .relaxed)
            return true
        }
    }

    func contains(_ value: UnsafeRawPointer, count: Int) -> Bool {
        unsafe forEachBit(value, count) { word, bit in unsafe word.pointee.load(ordering: .relaxed) & bit != 0 }
    }

    /// Goes through a value's bits while `body` says so; whether it did to the end.
    ///
    /// Every hash is the sum of two, of which the second is taken as often as the hash's number says.
    @inline(__always)
    @discardableResult
    private func forEachBit(
        _ value: UnsafeRawPointer, _ count: Int, _ body: (UnsafePointer<Atomic<UInt64>>, UInt64) -> Bool
    ) -> Bool {
        let first = unsafe KeyBytes(at: value, size: count).hash(seeds)
        let second = (first &* 0x9e37_79b9_7f4a_7c15) &>> 32 | 1
        for number in unsafe 0..<hashes {
            let bit = unsafe (first &>> 16 &+ UInt64(number) &* second) & mask
            let word = unsafe (bits + Int(bit &>> 6) &* 8).assumingMemoryBound(to: Atomic<UInt64>.self)
            guard unsafe body(UnsafePointer(word), 1 &<< (bit & 63)) else { return false }
        }
        return true
    }
}
