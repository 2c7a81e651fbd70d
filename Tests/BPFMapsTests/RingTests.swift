import BPFMaps
import BPFModel
import TestKit
import Testing

/// Records come out as they went in: in order, whole, and none twice.
@Suite struct RingTests {
    @Test func recordsComeInTheOrderOfTheirReservation() throws {
        let ring = try Ring()
        let first = try #require(ring.reserve(3))
        let second = try #require(ring.reserve(0))
        let third = try #require(ring.reserve(8))
        second.submit()
        third.write([1, 2, 3, 4, 5, 6, 7, 8])
        third.submit()
        // The first one is still being written and holds up the others.
        #expect(try ring.drained() == [])
        first.write([9, 9, 9])
        first.submit()
        #expect(try ring.drained(limit: 1) == [[9, 9, 9]])
        #expect(try ring.drained() == [[], [1, 2, 3, 4, 5, 6, 7, 8]])
        #expect(try ring.drained() == [])
    }

    @Test func discardedRecordsAreSkipped() throws {
        let ring = try Ring()
        try #require(ring.reserve(100)).discard()
        ring.write([1])
        try #require(ring.reserve(1)).discard(flags: 1)
        #expect(try ring.drained() == [[1]])
        #expect(try ring.map.queryRing(0) == 0)
    }

    /// The ring is never filled to the last byte, as in Linux.
    @Test(arguments: [4096, 8192, 1 << 20])
    func roomIsTheRingLessOneByte(bytes: Int) throws {
        let ring = try Ring(bytes: bytes)
        #expect(ring.reserve(bytes - 8) == nil)
        #expect(ring.reserve(bytes) == nil)
        #expect(ring.reserve(.max) == nil)
        #expect(ring.map.lostRecords == 3)
        let record = try #require(ring.reserve(bytes - 16))
        #expect(ring.reserve(0) == nil)
        record.submit()
        #expect(ring.reserve(1) == nil)
        #expect(ring.map.lostRecords == 5)
        #expect(try ring.drained().map(\.count) == [bytes - 16])
        #expect(ring.reserve(bytes - 16) != nil)
    }

    @Test func queriesHaveLinuxsNumbers() throws {
        let ring = try Ring()
        for count in [1, 8, 9] { ring.write([UInt8](repeating: 7, count: count)) }
        func queries() throws -> [UInt64] { try (0...4).map { try ring.map.queryRing($0) } }
        #expect(try queries() == [16 + 16 + 24, 4096, 0, 56, 0])
        #expect(try ring.drained(limit: 2).count == 2)
        #expect(try queries() == [24, 4096, 32, 56, 0])
        for _ in 0..<400 {
            ring.write([1, 2, 3, 4, 5, 6, 7, 8])
            _ = try ring.drained()
        }
        #expect(try queries() == [0, 4096, 56 + 6400, 56 + 6400, 0])
    }

    /// Records of every length at every place, across the ring's end too, stay in one piece.
    @Test func recordsAreNeverTorn() throws {
        var random = Mutation.random("ring records")
        let ring = try Ring()
        var expected: [[UInt8]] = []
        for _ in 0..<min(Mutation.count, 20_000) {
            let bytes = random.bytes(
                random.oneIn(20) ? Int.random(in: 0...3000, using: &random) : Int.random(in: 0...80, using: &random))
            if ring.write(bytes) {
                expected.append(bytes)
            } else {
                #expect(try ring.drained() == expected)
                expected = []
            }
        }
        #expect(try ring.drained() == expected)
    }

    @Test func perfEventsHaveARingForEachWorker() throws {
        let map = try Map(MapSpec(type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 3))
        #expect(throws: Errno.tooBig) { try map.openRecords(workers: 4) }
        #expect(throws: Errno.invalid) { try map.openRecords(workers: 2, bytes: 5000) }
        #expect(throws: Errno.invalid) { try map.openRecords(workers: -1) }
        try map.openRecords(workers: 2, bytes: 4096)
        try map.openRecords(workers: 3, bytes: 4096)
        try map.delete([1, 0, 0, 0])
        #expect(throws: Errno.noEntry) { try map.delete([1, 0, 0, 0]) }
        #expect(try map.drain { _, _ in } == 0)
    }

    @Test func mapsWithoutRecordsHaveNone() throws {
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 4, maxEntries: 3))
        #expect(throws: Errno.invalid) { try map.drain { _, _ in } }
        #expect(throws: Errno.invalid) { try map.records }
        #expect(throws: Errno.invalid) { try map.openRecords() }
        #expect(throws: Errno.invalid) { try map.queryRing(0) }
        #expect(map.lostRecords == 0)
    }
}
