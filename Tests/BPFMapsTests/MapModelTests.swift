import BPFMaps
import BPFModel
import TestKit
import Testing

/// A hash map behaves as a dictionary of fixed capacity does, over long mixed histories.
@Suite struct MapModelTests {
    struct World: Sendable, CustomTestStringConvertible {
        let keySize: Int
        let valueSize: Int
        let capacity: Int
        /// How many different keys are in play.
        let keys: UInt32
        let operations: Int
        var testDescription: String { "\(keySize)-byte keys, \(capacity) entries, \(keys) keys in play" }
    }

    static let worlds: [World] = [
        World(keySize: 4, valueSize: 4, capacity: 1000, keys: 1200, operations: 400_000),
        World(keySize: 8, valueSize: 8, capacity: 14, keys: 20, operations: 100_000),
        World(keySize: 16, valueSize: 32, capacity: 300, keys: 300, operations: 250_000),
        World(keySize: 13, valueSize: 5, capacity: 13, keys: 40, operations: 100_000),
        World(keySize: 37, valueSize: 16, capacity: 5000, keys: 5100, operations: 150_000),
    ]

    private static func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: (number &* 2_654_435_761) >> (8 * UInt32($0 % 4))) }
    }

    @Test(arguments: worlds)
    func behavesAsADictionary(_ world: World) throws {
        var random = SeededRandom(seed: 20_240_801 &+ UInt64(world.keySize))
        let map = try Map(
            MapSpec(
                type: .hash, keySize: world.keySize, valueSize: world.valueSize, maxEntries: world.capacity),
            options: MapOptions(seed: 1))
        var model: [UInt32: UInt32] = [:]
        for step in 0..<world.operations {
            let key = UInt32.random(in: 0..<world.keys, using: &random)
            let bytes = Self.bytes(key, world.keySize)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                let value = UInt32.random(in: 0...9999, using: &random)
                let mode = random.pick(UpdateMode.allCases)
                let expected = Self.update(&model, key, value, mode, world.capacity)
                let found = errno { () throws(Errno) in
                    try map.update(bytes, Self.bytes(value, world.valueSize), mode: mode)
                }
                try #require(found == expected, "step \(step): update \(mode)")
            case 4..<7:
                let expected: Errno? = model.removeValue(forKey: key) == nil ? .noEntry : nil
                let found = errno { () throws(Errno) in try map.delete(bytes) }
                try #require(found == expected, "step \(step): delete")
            default:
                let expected = model[key].map { Self.bytes($0, world.valueSize) }
                try #require((try? map.lookup(bytes)) == expected, "step \(step): lookup")
            }
            try #require(map.count == model.count, "step \(step)")
        }
        let entries = try map.entries().map { (Array($0.key), Array($0.value)) }
        let found = Dictionary(uniqueKeysWithValues: entries)
        let expected = Dictionary(
            uniqueKeysWithValues: model.map { (Self.bytes($0, world.keySize), Self.bytes($1, world.valueSize)) })
        #expect(found == expected)
    }

    private static func update(
        _ model: inout [UInt32: UInt32], _ key: UInt32, _ value: UInt32, _ mode: UpdateMode, _ capacity: Int
    ) -> Errno? {
        if model[key] != nil {
            if mode == .noExist { return .exists }
        } else {
            if mode == .exist { return .noEntry }
            if model.count == capacity { return .tooBig }
        }
        model[key] = value
        return nil
    }

    private func errno(_ body: () throws(Errno) -> Void) -> Errno? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }
}
