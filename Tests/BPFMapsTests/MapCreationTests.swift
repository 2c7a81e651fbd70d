import BPFMaps
import BPFModel
import Testing

/// Which specifications make a map, and with which words the others are refused.
@Suite struct MapCreationTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let spec: MapSpec
        let text: String
        var testDescription: String { text }
    }

    private static func hash(
        _ key: Int, _ value: Int, _ entries: Int, _ flags: MapFlags = []
    ) -> MapSpec {
        MapSpec(type: .hash, keySize: key, valueSize: value, maxEntries: entries, flags: flags)
    }

    private static func array(
        _ key: Int, _ value: Int, _ entries: Int, _ flags: MapFlags = []
    ) -> MapSpec {
        MapSpec(type: .array, keySize: key, valueSize: value, maxEntries: entries, flags: flags)
    }

    static let refusals: [Refusal] = [
        .init(spec: hash(4, 8, 0), text: "EINVAL: number of entries is 0, must be at least 1"),
        .init(spec: hash(0, 8, 1), text: "EINVAL: key size is 0, must be at least 1"),
        .init(spec: hash(4, 0, 1), text: "EINVAL: value size is 0, must be at least 1"),
        .init(spec: hash(-1, 8, 1), text: "EINVAL: key size is -1, must be at least 1"),
        .init(spec: hash(4, 8, .min), text: "EINVAL: number of entries is -9223372036854775808, must be at least 1"),
        .init(
            spec: hash(4, 8, .max),
            text: "E2BIG: number of entries is 9223372036854775807, at most 2147483648 are possible"),
        .init(
            spec: hash(4, 8, (1 << 27) + 1),
            text: "E2BIG: number of entries is 134217729, at most 134217728 are possible"),
        .init(
            spec: hash(.max, 8, 1),
            text: "E2BIG: size of key and value is 9223372036854775807, at most 4194255 are possible"),
        .init(
            spec: hash(4, .max, 1),
            text: "E2BIG: size of key and value is 9223372036854775807, at most 4194255 are possible"),
        .init(
            spec: hash(4, 4_194_252, 1), text: "E2BIG: size of key and value is 4194256, at most 4194255 are possible"),
        .init(
            spec: hash(4, 4_194_251, 1 << 27),
            text: "ENOMEM: the system has no room for a map of 716474947349952 bytes"),
        .init(
            spec: hash(4, 4, 1, [.readOnlyForPrograms, .writeOnlyForPrograms]),
            text: "EINVAL: map type hash does not take flags 0x180"),
        .init(spec: hash(4, 4, 1, MapFlags(rawValue: 2)), text: "EINVAL: map type hash does not take flags 0x2"),
        .init(
            spec: MapSpec(type: .percpuHash, keySize: 4, valueSize: 32769, maxEntries: 1),
            text: "E2BIG: value size is 32769, at most 32768 are possible"),
        .init(
            spec: MapSpec(type: .percpuArray, keySize: 4, valueSize: 32769, maxEntries: 1),
            text: "E2BIG: value size is 32769, at most 32768 are possible"),
        .init(
            spec: MapSpec(type: .percpuHash, keySize: 4, valueSize: 8, maxEntries: 1, flags: .numaNode),
            text: "EINVAL: map type percpu_hash does not take flags 0x4"),
        .init(
            spec: MapSpec(type: .lruHash, keySize: 4, valueSize: 8, maxEntries: 1, flags: .noPreallocation),
            text: "ENOTSUPP: map type lru_hash is preallocated: leave out flag 0x1"),
        .init(
            spec: MapSpec(type: .lpmTrie, keySize: 8, valueSize: 8, maxEntries: 1),
            text: "EINVAL: map type lpm_trie is not preallocated: add flag 0x1"),
        .init(
            spec: MapSpec(type: .lpmTrie, keySize: 4, valueSize: 8, maxEntries: 1, flags: .noPreallocation),
            text: "EINVAL: key size of a prefix trie is 4, must be 4 and the 1 to 256 bytes of a prefix"),
        .init(
            spec: MapSpec(type: .lpmTrie, keySize: 8, valueSize: 4_194_025, maxEntries: 1, flags: .noPreallocation),
            text: "EINVAL: value size is 4194025, at most 4194024 are possible"),
        .init(spec: array(8, 8, 1), text: "EINVAL: key size of an array is 8, must be 4"),
        .init(spec: array(4, 0, 1), text: "EINVAL: value size is 0, must be at least 1"),
        .init(spec: array(4, 8, 0), text: "EINVAL: number of entries is 0, must be at least 1"),
        .init(spec: array(4, 8, 1, .noPreallocation), text: "EINVAL: map type array does not take flags 0x1"),
        .init(
            spec: array(4, .init(Int32.max), 1 << 31),
            text: "ENOMEM: the system has no room for a map of 4611686018427387904 bytes"),
    ]

    @Test(arguments: refusals)
    func refused(_ refusal: Refusal) {
        let error = #expect(throws: MapError.self) { try Map(refusal.spec) }
        #expect(error?.description == refusal.text)
    }

    @Test(arguments: [0, -1])
    func workersAreAtLeastOne(_ workers: Int) {
        let error = #expect(throws: MapError.self) {
            try Map(Self.hash(4, 4, 1), options: MapOptions(workers: workers))
        }
        #expect(error?.description == "EINVAL: number of workers is \(workers), must be at least 1")
    }

    @Test func unusedCapacityCostsNothing() throws {
        let map = try Map(Self.hash(16, 32, 100_000_000))
        try map.update([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 32))
        #expect(map.count == 1)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 37, 64, 512], [1, 4, 8, 13, 64, 4096])
    func everySizeHoldsWhatWasPut(keySize: Int, valueSize: Int) throws {
        let map = try Map(Self.hash(keySize, valueSize, 20))
        for entry in 0..<20 {
            try map.update(
                [UInt8](repeating: UInt8(entry), count: keySize),
                [UInt8](repeating: UInt8(entry + 100), count: valueSize))
        }
        for entry in 0..<20 {
            let value = try map.lookup([UInt8](repeating: UInt8(entry), count: keySize))
            #expect(value == [UInt8](repeating: UInt8(entry + 100), count: valueSize))
        }
        #expect(throws: Errno.tooBig) {
            try map.update([UInt8](repeating: 21, count: keySize), [UInt8](repeating: 0, count: valueSize))
        }
    }
}
