import BPFMaps
import BPFModel
import Foundation
import TestKit
import Testing

/// Long mixed histories lose no entry and leak none: in the end the map takes as many as at the beginning.
///
/// `WEIR_OPERATIONS=100000000 swift test -c release --filter Endurance` is the long run.
@Suite struct MapEnduranceTests {
    private static let operations =
        ProcessInfo.processInfo.environment["WEIR_OPERATIONS"].flatMap { Int($0) } ?? 200_000

    private static func set(_ key: inout [UInt8], _ number: Int, _ type: MapType) {
        // Prefixes of all their bits: a length of 96, then 12 bytes.
        if type == .lpmTrie { key[0] = 96 }
        for byte in 0..<4 { key[4 + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
    }

    @Test(arguments: [MapType.hash, .percpuHash, .lruHash, .lpmTrie])
    func nothingIsLostOrLeaked(type: MapType) throws {
        let keys = 40_000
        let capacity = type == .lruHash ? keys : 30_000
        let map = try Map(
            MapSpec(
                type: type, keySize: 16, valueSize: 8, maxEntries: capacity,
                flags: type == .lpmTrie ? .noPreallocation : []), options: MapOptions(seed: 11))
        let program = ProgramSide(map: map)
        var random = SeededRandom(seed: 5)
        var model = [UInt8](repeating: 0, count: keys)
        var count = 0
        var key = [UInt8](repeating: 0, count: 16)
        var wrong = 0
        for _ in 0..<Self.operations {
            let draw = random.next()
            let number = Int(draw >> 20) % keys
            Self.set(&key, number, type)
            switch draw & 7 {
            case 0..<3:
                let value = UInt8(truncatingIfNeeded: draw >> 8) | 1
                let fits = model[number] != 0 || count < capacity
                let full: Int64 = type == .lpmTrie ? -28 : -7
                let result = program.update(key, [UInt8](repeating: value, count: 8))
                if result != (fits ? 0 : full) { wrong += 1 }
                if fits {
                    if model[number] == 0 { count += 1 }
                    model[number] = value
                }
            case 3..<5:
                if program.delete(key) != (model[number] == 0 ? -2 : 0) { wrong += 1 }
                if model[number] != 0 { count -= 1 }
                model[number] = 0
            default: if program.lookup(key)?.first ?? 0 != model[number] { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        #expect(map.count == count)
        try Self.fillAgain(map, capacity, type)
    }

    /// Empties the map and fills it to its capacity.
    private static func fillAgain(_ map: Map, _ capacity: Int, _ type: MapType) throws {
        for entry in try map.entries() { try map.delete(Array(entry.key)) }
        #expect(map.count == 0)
        #expect(try map.entries().isEmpty)
        var key = [UInt8](repeating: 0, count: 16)
        for number in 0..<capacity {
            set(&key, number, type)
            try map.update(key, [UInt8](repeating: 1, count: 8))
        }
        set(&key, capacity, type)
        if type != .lruHash {
            #expect(throws: Errno.self) { try map.update(key, [UInt8](repeating: 1, count: 8)) }
        }
        #expect(map.count == capacity)
    }
}
