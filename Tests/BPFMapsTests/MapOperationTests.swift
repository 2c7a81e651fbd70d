import BPFMaps
import BPFModel
import Testing

/// What each operation does, by kind, flag and state: Linux's results and error numbers.
@Suite struct MapOperationTests {
    enum Outcome: Equatable, Sendable {
        case done
        case fails(Errno)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let type: MapType
        let flags: UInt64
        /// The entry the update names: present or absent, or past the end of an array.
        let present: Bool
        let full: Bool
        let outcome: Outcome
        var testDescription: String { "\(type.name), flags \(flags), present \(present), full \(full)" }
    }

    static let updates: [Case] = [
        Case(type: .hash, flags: 0, present: false, full: false, outcome: .done),
        Case(type: .hash, flags: 0, present: true, full: false, outcome: .done),
        Case(type: .hash, flags: 0, present: false, full: true, outcome: .fails(.tooBig)),
        Case(type: .hash, flags: 0, present: true, full: true, outcome: .done),
        Case(type: .hash, flags: 1, present: false, full: false, outcome: .done),
        Case(type: .hash, flags: 1, present: true, full: false, outcome: .fails(.exists)),
        Case(type: .hash, flags: 1, present: false, full: true, outcome: .fails(.tooBig)),
        Case(type: .hash, flags: 1, present: true, full: true, outcome: .fails(.exists)),
        Case(type: .hash, flags: 2, present: false, full: false, outcome: .fails(.noEntry)),
        Case(type: .hash, flags: 2, present: true, full: false, outcome: .done),
        Case(type: .hash, flags: 2, present: false, full: true, outcome: .fails(.noEntry)),
        Case(type: .hash, flags: 3, present: true, full: false, outcome: .fails(.invalid)),
        Case(type: .hash, flags: 4, present: true, full: false, outcome: .fails(.invalid)),
        Case(type: .hash, flags: .max, present: false, full: true, outcome: .fails(.invalid)),
        Case(type: .array, flags: 0, present: true, full: true, outcome: .done),
        Case(type: .array, flags: 1, present: true, full: true, outcome: .fails(.exists)),
        Case(type: .array, flags: 2, present: true, full: true, outcome: .done),
        Case(type: .array, flags: 0, present: false, full: true, outcome: .fails(.tooBig)),
        Case(type: .array, flags: 1, present: false, full: true, outcome: .fails(.tooBig)),
        Case(type: .array, flags: 3, present: true, full: true, outcome: .fails(.invalid)),
    ]

    private static func key(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    @Test(arguments: updates)
    func update(_ test: Case) throws {
        let map = try Map(MapSpec(type: test.type, keySize: 4, valueSize: 2, maxEntries: 3))
        if test.type == .hash {
            for number in 0..<UInt32(test.full ? 3 : 2) { try map.update(Self.key(number), [9, 9]) }
        }
        let key = Self.key(test.present ? 1 : 7)
        let before = try? map.lookup(key)
        do throws(Errno) {
            try map.update(key, [1, 2], flags: test.flags)
            #expect(test.outcome == .done)
            #expect(try map.lookup(key) == [1, 2])
        } catch {
            #expect(test.outcome == .fails(error))
            #expect(before == (try? map.lookup(key)))
        }
    }

    @Test func arraysStartAsZerosAndKeepTheirEntries() throws {
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 3, maxEntries: 2))
        #expect(try map.lookup(Self.key(1)) == [0, 0, 0])
        #expect(throws: Errno.noEntry) { try map.lookup(Self.key(2)) }
        #expect(throws: Errno.invalid) { try map.delete(Self.key(0)) }
        #expect(throws: Errno.invalid) { try map.delete(Self.key(2)) }
        #expect(map.count == 2)
    }

    @Test(arguments: [[], [1], [1, 2, 3], [1, 2, 3, 4, 5]] as [[UInt8]])
    func keysOfTheWrongLength(_ key: [UInt8]) throws {
        let map = try Map(MapSpec(type: .hash, keySize: 4, valueSize: 1, maxEntries: 2))
        #expect(throws: Errno.invalid) { try map.lookup(key) }
        #expect(throws: Errno.invalid) { try map.update(key, [1]) }
        #expect(throws: Errno.invalid) { try map.delete(key) }
        #expect(throws: Errno.invalid) { try map.nextKey(after: key) }
        #expect(throws: Errno.invalid) { try map.update([1, 2, 3, 4], [1, 2]) }
    }

    @Test func deletionMakesRoom() throws {
        let map = try Map(MapSpec(type: .hash, keySize: 4, valueSize: 1, maxEntries: 1))
        for number in 0..<1000 as Range<UInt32> {
            try map.update(Self.key(number), [UInt8(truncatingIfNeeded: number)])
            #expect(throws: Errno.tooBig) { try map.update(Self.key(number &+ 1), [0]) }
            #expect(map.count == 1)
            try map.delete(Self.key(number))
            #expect(throws: Errno.noEntry) { try map.delete(Self.key(number)) }
        }
        #expect(map.count == 0)
    }

    @Test(arguments: [MapType.hash, .array])
    func nextKeyWalksEveryEntryOnce(type: MapType) throws {
        let map = try Map(MapSpec(type: type, keySize: 4, valueSize: 1, maxEntries: 100))
        for number in 0..<100 as Range<UInt32> { try map.update(Self.key(number), [1]) }
        var seen: [[UInt8]] = [try map.nextKey()]
        while let next = try? map.nextKey(after: seen[seen.count - 1]) { seen.append(next) }
        #expect(seen.count == 100)
        #expect(Set(seen) == Set((0..<100).map(Self.key)))
        #expect(throws: Errno.noEntry) { try map.nextKey(after: seen[99]) }
        #expect(try map.nextKey(after: Self.key(100)) == seen[0], "an absent key starts again")
        if type == .array { #expect(seen == (0..<100).map(Self.key)) }
    }

    @Test func nextKeyOfAnEmptyHash() throws {
        let map = try Map(MapSpec(type: .hash, keySize: 4, valueSize: 1, maxEntries: 4))
        #expect(throws: Errno.noEntry) { try map.nextKey() }
        #expect(throws: Errno.noEntry) { try map.nextKey(after: Self.key(1)) }
        #expect(try map.entries().isEmpty)
    }

    @Test func flagsAndFreezingLimitUsers() throws {
        let spec = MapSpec(type: .hash, keySize: 4, valueSize: 1, maxEntries: 4)
        var readOnly = spec
        readOnly.flags = .readOnly
        var writeOnly = spec
        writeOnly.flags = .writeOnly
        let frozen = try Map(spec)
        try frozen.update(Self.key(1), [1])
        try frozen.freeze()
        for map in [try Map(readOnly), frozen] {
            #expect(throws: Errno.notPermitted) { try map.update(Self.key(1), [1]) }
            #expect(throws: Errno.notPermitted) { try map.delete(Self.key(1)) }
        }
        #expect(try frozen.lookup(Self.key(1)) == [1])
        let map = try Map(writeOnly)
        try map.update(Self.key(1), [1])
        #expect(throws: Errno.notPermitted) { try map.lookup(Self.key(1)) }
        #expect(throws: Errno.notPermitted) { try map.nextKey() }
        #expect(throws: Errno.notPermitted) { try map.entries() }
    }

    @Test func equalSeedsGiveEqualOrder() throws {
        func order(seed: UInt64?) throws -> [[UInt8]] {
            let map = try Map(
                MapSpec(type: .hash, keySize: 4, valueSize: 1, maxEntries: 500), options: MapOptions(seed: seed))
            for number in 0..<500 as Range<UInt32> { try map.update(Self.key(number), [1]) }
            return try map.entries().map { Array($0.key) }
        }
        #expect(try order(seed: 7) == order(seed: 7))
        #expect(try order(seed: 7) != order(seed: 8))
        #expect(try order(seed: nil) != order(seed: nil))
    }

    @Test func perCPUValuesAreTheWorkersOneAfterTheOther() throws {
        let spec = MapSpec(type: .percpuArray, keySize: 4, valueSize: 3, maxEntries: 2)
        let map = try Map(spec, options: MapOptions(workers: 3))
        #expect(map.valueSize == 24)
        #expect(try map.lookup(Self.key(1)) == [UInt8](repeating: 0, count: 24))
        let values = (0..<24).map { UInt8($0) }
        try map.update(Self.key(1), values)
        let rounded = values.enumerated().map { $0.offset % 8 < 3 ? $0.element : 0 }
        #expect(try map.lookup(Self.key(1)) == rounded)
        #expect(try map.lookup(Self.key(0)) == [UInt8](repeating: 0, count: 24))
        #expect(throws: Errno.invalid) { try map.update(Self.key(1), [1, 2, 3]) }
        #expect(throws: Errno.exists) { try map.update(Self.key(1), values, mode: .noExist) }
        #expect(throws: Errno.tooBig) { try map.update(Self.key(2), values) }
        #expect(throws: Errno.noEntry) { try map.lookup(Self.key(2)) }
    }
}
