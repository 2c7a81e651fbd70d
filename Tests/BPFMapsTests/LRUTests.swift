import BPFMaps
import BPFModel
import TestKit
import Testing

/// What LRU maps drop, and what counts as use.
@Suite struct LRUTests {
    private static func key(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    private static func map(_ entries: Int, _ type: MapType = .lruHash, _ lru: LRUMode = .exact) throws -> Map {
        try Map(
            MapSpec(type: type, keySize: 4, valueSize: 8, maxEntries: entries),
            options: MapOptions(seed: 3, workers: 2, lru: lru))
    }

    private static func value(_ number: Int, _ map: Map) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: map.valueSize)
    }

    @Test(arguments: [MapType.lruHash, .lruPercpuHash], [1, 2, 10, 100]) func theExactModeDropsTheLeastRecent(
        type: MapType, entries: Int
    ) throws {
        let map = try Self.map(entries, type)
        let program = ProgramSide(map: map)
        var random = SeededRandom(seed: UInt64(entries))
        // The keys by their last use, the oldest first.
        var order: [Int] = []
        func use(_ number: Int) {
            order.removeAll { $0 == number }
            order.append(number)
        }
        for _ in 0..<5000 {
            let number = Int.random(in: 0..<entries * 2, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let isNew = !order.contains(number)
                try map.update(Self.key(number), Self.value(number, map))
                if isNew && order.count == entries { order.removeFirst() }
                use(number)
            case 5..<7:
                let found = program.lookup(Self.key(number)) != nil
                #expect(found == order.contains(number))
                if found { use(number) }
            case 7: #expect(((try? map.lookup(Self.key(number))) != nil) == order.contains(number))
            case 8:
                #expect(((try? map.delete(Self.key(number))) != nil) == order.contains(number))
                order.removeAll { $0 == number }
            default: #expect(throws: Errno.self) { try map.update(Self.key(number), Self.value(1, map), flags: 9) }
            }
            try #require(map.count == order.count)
        }
        #expect(Set(try map.entries().map { Array($0.key) }) == Set(order.map(Self.key)))
    }

    @Test(arguments: [MapType.lruHash, .lruPercpuHash], LRUMode.allCases) func anyNumberOfUpdatesSucceeds(
        type: MapType, lru: LRUMode
    ) throws {
        for entries in [1, 2, 3, 7, 50, 300] {
            let map = try Self.map(entries, type, lru)
            let program = ProgramSide(map: map)
            for number in 0..<entries * 6 {
                #expect(program.update(Self.key(number), [1, 2, 3, 4, 5, 6, 7, 8], worker: UInt32(number % 2)) == 0)
                #expect(program.lookup(Self.key(number), worker: UInt32(number % 2)) == [1, 2, 3, 4, 5, 6, 7, 8])
                #expect(map.count <= entries)
            }
            #expect(try map.entries().count == map.count)
            for entry in try map.entries() { try map.delete(Array(entry.key)) }
            #expect(map.count == 0)
        }
    }

    @Test func programsKeepWhatTheyUseInLinuxsModeToo() throws {
        let map = try Self.map(1000, .lruHash, .kernel)
        let program = ProgramSide(map: map)
        for number in 0..<1000 { try map.update(Self.key(number), Self.value(1, map)) }
        for number in 1000..<1900 {
            #expect(program.lookup(Self.key(500)) != nil)
            try map.update(Self.key(number), Self.value(1, map))
        }
        #expect((try? map.lookup(Self.key(500))) != nil)
        #expect((try? map.lookup(Self.key(501))) == nil)
    }
}
