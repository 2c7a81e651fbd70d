import BPFModel
import LinuxBPF
import Testing

extension Trait where Self == ConditionTrait {
    /// Runs a test only where bpf(2) may be called.
    static var needsKernel: Self {
        .enabled(
            if: KernelBPF.isAvailable, "bpf(2) can't be called here: it takes Linux, and the right to load programs")
    }
}

/// The calls reach the kernel, and its answers come back whole.
@Suite(.needsKernel) struct KernelMapTests {
    static func key(_ number: UInt8) -> [UInt8] { [number, 0, 0, 0] }

    static func hash(maxEntries: Int = 4, valueSize: Int = 6) throws -> KernelMap {
        try KernelMap(MapSpec(type: .hash, keySize: 4, valueSize: valueSize, maxEntries: maxEntries))
    }

    @Test func elements() throws {
        let map = try Self.hash()
        try map.update(Self.key(1), [1, 2, 3, 4, 5, 6])
        try map.update(Self.key(1), [6, 5, 4, 3, 2, 1], flags: 2)
        #expect(try map.lookup(Self.key(1)) == [6, 5, 4, 3, 2, 1])
        #expect(try map.nextKey(after: nil) == Self.key(1))
        #expect(try map.lookupAndDelete(Self.key(1)) == [6, 5, 4, 3, 2, 1])
        #expect(throws: KernelError.self) { try map.nextKey(after: nil) }
    }

    @Test func errorsHaveNumbersAndNames() throws {
        let map = try Self.hash()
        let missing = #expect(throws: KernelError.self) { try map.lookup(Self.key(9)) }
        #expect(missing?.errno == .noEntry)
        #expect(missing?.description == "the kernel refuses map lookup: ENOENT")
        try map.update(Self.key(1), [0, 0, 0, 0, 0, 0], flags: 1)
        let there = #expect(throws: KernelError.self) { try map.update(Self.key(1), [0, 0, 0, 0, 0, 0], flags: 1) }
        #expect(there?.errno == .exists)
        let kind = #expect(throws: KernelError.self) {
            try KernelMap(type: 999, keySize: 4, valueSize: 4, maxEntries: 1)
        }
        #expect(kind?.description == "the kernel refuses map create: EINVAL")
    }

    @Test func shortArraysDoNotReachTheKernel() throws {
        let map = try Self.hash()
        #expect(throws: KernelError.self) { try map.update([1], [1, 2, 3, 4, 5, 6]) }
        #expect(throws: KernelError.self) { try map.update(Self.key(1), [1]) }
        #expect(throws: KernelError.self) { try map.delete([1, 2]) }
        #expect(map.updateBatch(keys: Self.key(1), values: [1], count: 1).stopped == .invalid)
        #expect(map.deleteBatch(keys: [], count: 1).stopped == .invalid)
    }

    @Test func batches() throws {
        let map = try Self.hash(maxEntries: 64, valueSize: 1)
        let keys = (0..<50).map { Self.key($0) }
        let written = map.updateBatch(keys: keys.flatMap(\.self), values: (0..<50).map { $0 * 2 }, count: 50)
        #expect(written.count == 50 && written.stopped == nil)
        var found: [[UInt8]: UInt8] = [:]
        var batch = map.lookupBatch(count: 20)
        while true {
            for index in 0..<batch.count {
                found[Array(batch.keys[(index * 4)..<(index * 4 + 4)])] = batch.values[index]
            }
            if batch.stopped != nil { break }
            batch = map.lookupBatch(from: batch.cursor, count: 20)
        }
        #expect(batch.stopped == .noEntry)
        #expect(found == Dictionary(uniqueKeysWithValues: keys.map { ($0, $0[0] * 2) }))
        #expect(map.deleteBatch(keys: keys[0] + keys[1], count: 2).count == 2)
        let rest = map.lookupAndDeleteBatch(count: 64)
        #expect(rest.count == 48 && rest.stopped == .noEntry)
        #expect(map.lookupBatch(count: 64).count == 0)
    }

    @Test func valuesOfEveryCPU() throws {
        let map = try KernelMap(type: 6, keySize: 4, valueSize: 4, maxEntries: 1)
        #expect(map.exchangedValueSize == 8 * KernelBPF.possibleCPUs)
        let value = (0..<map.exchangedValueSize).map { $0 % 8 < 4 ? UInt8(truncatingIfNeeded: $0) : 0 }
        try map.update(Self.key(0), value)
        #expect(try map.lookup(Self.key(0)) == value)
    }

    @Test func queuesHaveNoKeys() throws {
        let map = try KernelMap(type: 22, keySize: 0, valueSize: 2, maxEntries: 2)
        try map.update([], [1, 2])
        try map.update([], [3, 4])
        #expect(try map.lookup([]) == [1, 2])
        #expect(try map.lookupAndDelete([]) == [1, 2])
        #expect(try map.lookupAndDelete([]) == [3, 4])
    }

    @Test func freezing() throws {
        let map = try Self.hash()
        try map.freeze()
        let refused = #expect(throws: KernelError.self) { try map.update(Self.key(1), [0, 0, 0, 0, 0, 0]) }
        #expect(refused?.errno == .notPermitted)
    }

    @Test func mapsOfMaps() throws {
        let inner = try Self.hash()
        let outer = try KernelMap(type: 13, keySize: 4, valueSize: 4, maxEntries: 2, inner: inner)
        try outer.update(Self.key(1), map: inner)
        #expect(try outer.lookup(Self.key(1)).count == 4)
        let plain = #expect(throws: KernelError.self) {
            try KernelMap(type: 13, keySize: 4, valueSize: 4, maxEntries: 2)
        }
        #expect(plain?.errno == .badDescriptor || plain?.errno == .invalid)
    }
}
