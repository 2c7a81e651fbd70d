import BPFMaps
import BPFModel
import TestKit
import Testing

/// Readers need no lock: what they find is whole, and what is there throughout is always found.
@Suite struct MapConcurrencyTests {
    private static func key(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    @Test func entriesThatStayAreAlwaysFound() async throws {
        let map = try Map(
            MapSpec(type: .hash, keySize: 8, valueSize: 8, maxEntries: 600), options: MapOptions(seed: 5))
        for number in 0..<300 as Range<UInt64> { try map.update(Self.key(number), Self.key(number)) }
        await withTaskGroup(of: Int.self) { group in
            for writer in 0..<2 as Range<UInt64> {
                group.addTask {
                    for round in 0..<5000 as Range<UInt64> {
                        let key = Self.key(1000 + writer * 1000 + round % 150)
                        try? map.update(key, key)
                        if round % 3 != 0 { try? map.delete(key) }
                    }
                    return 0
                }
            }
            for reader in 0..<2 as Range<UInt64> {
                group.addTask {
                    var random = SeededRandom(seed: reader)
                    var lost = 0
                    for _ in 0..<10_000 {
                        let key = Self.key(UInt64.random(in: 0..<300, using: &random))
                        if (try? map.lookup(key)) != key { lost += 1 }
                    }
                    return lost
                }
            }
            for await lost in group { #expect(lost == 0) }
        }
    }
}
