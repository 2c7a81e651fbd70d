import BPFMaps
import BPFModel
import TestKit
import Testing

/// Walks meet every entry once, whatever the walker does to them on the way.
@Suite struct MapWalkTests {
    private static func key(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    private static func map(_ entries: Int) throws -> Map {
        let map = try Map(
            MapSpec(type: .hash, keySize: 8, valueSize: 8, maxEntries: entries), options: MapOptions(seed: 9))
        for number in 0..<entries { try map.update(key(number), key(number)) }
        return map
    }

    @Test(arguments: [1, 11, 12, 100, 1000]) func updatingEveryEntryOnTheWay(entries: Int) throws {
        let map = try Self.map(entries)
        var keys: [[UInt8]] = []
        while keys.count <= entries, let key = try? map.nextKey(after: keys.last) {
            try map.update(key, Self.key(7))
            keys.append(key)
        }
        #expect(keys.count == entries)
        #expect(Set(keys).count == entries)
    }

    @Test(arguments: [1, 11, 12, 100, 1000]) func programsMayChangeWhatTheyMeet(entries: Int) throws {
        let map = try Self.map(entries)
        let program = ProgramSide(map: map)
        let keys = program.walk { _ = program.update($0, Self.key(1)) }
        #expect(keys.count == entries)
        #expect(Set(keys).count == entries)
        let again = program.walk { key in try? map.delete(key) }
        #expect(Set(again) == Set(keys))
        #expect(map.count == 0)
    }

    @Test(arguments: [1, 5, 16, 64, 5000]) func batchesMeetEveryEntryOnce(room: Int) throws {
        let map = try Self.map(1000)
        var found: [[UInt8]] = []
        var cursor: MapCursor?
        repeat {
            do throws(Errno) {
                let batch = try map.lookupBatch(from: cursor, atMost: room)
                #expect(batch.entries.count <= room)
                found += batch.entries.map { Array($0.key) }
                cursor = batch.next
            } catch {
                #expect(error == .noSpace)
                #expect(room < 20, "a group of hundreds")
                return
            }
        } while cursor != nil
        #expect(found.count == 1000)
        #expect(Set(found).count == 1000)
    }

    @Test(arguments: [MapType.hash, .lruHash, .percpuHash], [8, 16, 20])
    func manyLookupsFindWhatEachOneFinds(type: MapType, keySize: Int) throws {
        let map = try Map(
            MapSpec(type: type, keySize: keySize, valueSize: 12, maxEntries: 500), options: MapOptions(workers: 2))
        var keys: [UInt8] = []
        for number in 0..<700 {
            let key = (0..<keySize).map { UInt8(truncatingIfNeeded: (number &* 31) >> $0) }
            keys += key
            let value = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: map.valueSize)
            if number % 2 == 0 { try map.update(key, value) }
        }
        let together = try map.lookup(many: keys)
        for number in 0..<700 {
            let one = try? map.lookup(Array(keys[number * keySize..<(number + 1) * keySize]))
            #expect(together.value(at: number).map(Array.init) == one)
        }
        #expect(together.found.contains(true) && together.found.contains(false))
        #expect(throws: Errno.invalid) { try map.lookup(many: [1]) }
        #expect(try map.lookup(many: []).found.isEmpty)
    }

    @Test func takingBatchesEmptiesTheMap() throws {
        let map = try Self.map(1000)
        var taken = 0
        var cursor: MapCursor?
        repeat {
            let batch = try map.takeBatch(from: cursor, atMost: 100)
            taken += batch.entries.count
            cursor = batch.next
        } while cursor != nil
        #expect(taken == 1000)
        #expect(map.count == 0)
        #expect(try map.lookupBatch(atMost: 10).entries.isEmpty)
    }
}
