import BPFMaps
import BPFModel
import Testing

/// Per-CPU kinds: every worker has its own value, users see them all.
@Suite struct WorkerTests {
    private static let key: [UInt8] = [1, 0, 0, 0]
    static let kinds: [MapType] = [.percpuArray, .percpuHash, .lruPercpuHash]

    @Test(arguments: kinds, LRUMode.allCases) func programsChangeTheirOwn(type: MapType, lru: LRUMode) throws {
        let spec = MapSpec(type: type, keySize: 4, valueSize: 3, maxEntries: 2)
        let map = try Map(spec, options: MapOptions(workers: 3, lru: lru))
        let program = ProgramSide(map: map)
        #expect(program.update(Self.key, [1, 2, 3], worker: 1) == 0)
        #expect(program.lookup(Self.key, worker: 0) == [0, 0, 0])
        #expect(program.lookup(Self.key, worker: 1) == [1, 2, 3])
        #expect(program.lookup(Self.key, worker: 3) == nil)
        #expect(program.update(Self.key, [7, 8, 9], worker: 0) == 0)
        #expect(try map.lookup(Self.key) == [7, 8, 9, 0, 0, 0, 0, 0, 1, 2, 3] + [UInt8](repeating: 0, count: 13))
        try map.update(Self.key, (0..<24).map { UInt8($0) })
        #expect(program.lookup(Self.key, worker: 2) == [16, 17, 18])
        #expect(try map.entries().first?.value.count == 24)
        // A new entry in a slot that had one begins with zeros.
        guard type != .percpuArray else { return }
        try map.delete(Self.key)
        for number in 0..<40 as Range<UInt8> {
            #expect(program.update([number, 1, 1, 1], [5, 5, 5], worker: 2) == 0)
            #expect(program.lookup([number, 1, 1, 1], worker: 0) == [0, 0, 0])
            try map.delete([number, 1, 1, 1])
        }
    }

    @Test(arguments: [MapType.percpuHash, .lruPercpuHash]) func noSuchWorker(type: MapType) throws {
        let map = try Map(MapSpec(type: type, keySize: 4, valueSize: 3, maxEntries: 2))
        #expect(ProgramSide(map: map).update(Self.key, [1, 2, 3], worker: 1) == -34)
        #expect(map.count == 0)
    }
}
