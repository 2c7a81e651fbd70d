import BPFMaps
import BPFModel
import Foundation
import Synchronization
import TestKit
import Testing

/// Many producers and one reader: every record once, in order for each producer, none torn, none lost uncounted.
///
/// `WEIR_RECORDS` asks for more records than the usual number.
@Suite struct RingConcurrencyTests {
    private static let records = ProcessInfo.processInfo.environment["WEIR_RECORDS"].flatMap(Int.init) ?? 8_000

    /// A record that tells its producer, its number, and whether it is whole.
    private static func record(_ producer: Int, _ number: Int) -> [UInt8] {
        let length = 16 + (number &* 31 &+ producer &* 7) % 100
        var bytes = [UInt8](repeating: 0, count: length)
        for index in 0..<8 {
            bytes[index] = UInt8(truncatingIfNeeded: number >> (8 * index))
            bytes[8 + index] = UInt8(truncatingIfNeeded: producer >> (8 * index))
        }
        for index in 16..<length { bytes[index] = UInt8(truncatingIfNeeded: number &+ producer &+ index) }
        return bytes
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
        (0..<8).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    /// What a reader has seen.
    private struct Seen {
        var last: [Int]
        var count = 0
        var mistakes: [String] = []

        init(producers: Int) { last = [Int](repeating: -1, count: producers) }

        mutating func take(_ bytes: [UInt8]) {
            count += 1
            guard bytes.count >= 16 else { return mistakes.append("\(bytes.count) bytes") }
            let number = RingConcurrencyTests.number(bytes, at: 0)
            let producer = RingConcurrencyTests.number(bytes, at: 8)
            guard last.indices.contains(producer), bytes == record(producer, number) else {
                return mistakes.append("torn: \(bytes)")
            }
            if number <= last[producer] { mistakes.append("\(producer): \(number) after \(last[producer])") }
            last[producer] = number
        }
    }

    /// Producers that try again until there is room, so that nothing is lost; a third of the tries are discarded first.
    private static func produce(_ producer: Int, _ count: Int, into ring: Ring) {
        for number in 0..<count {
            if number % 3 == 0, let record = ring.reserve(24) { record.discard() }
            let bytes = record(producer, number)
            while !ring.write(bytes, flags: number % 5 == 0 ? 2 : 0) { sched_yield() }
        }
    }

    @Test(arguments: [1, 2, 4, 8])
    func everyRecordOnceAndInOrder(producers: Int) throws {
        let ring = try Ring(bytes: 1 << 13)
        let count = Self.records / producers
        let running = Counter(producers)
        for producer in 0..<producers {
            Thread.detachNewThread {
                Self.produce(producer, count, into: ring)
                running.subtract()
            }
        }
        var seen = Seen(producers: producers)
        while true {
            let isOver = running.value == 0
            let records = try ring.drained()
            for record in records { seen.take(record) }
            if records.isEmpty {
                if isOver { break }
                sched_yield()
            }
        }
        #expect(seen.mistakes == [])
        #expect(seen.count == producers * count)
        #expect(seen.last == [Int](repeating: count - 1, count: producers))
    }

    /// The sequence is woken for every record, though producers don't wait for it.
    @Test(arguments: [1, 4])
    func theSequenceMissesNothing(producers: Int) async throws {
        let ring = try Ring(bytes: 1 << 14)
        let count = Self.records / 4 / producers
        let running = Counter(producers)
        for producer in 0..<producers {
            Thread.detachNewThread {
                for number in 0..<count {
                    while !ring.write(Self.record(producer, number)) { sched_yield() }
                    if number % 64 == 0 { usleep(50) }
                }
                if running.subtract() == 0 { ring.map.finishRecords() }
            }
        }
        var seen = Seen(producers: producers)
        for await record in try ring.map.records { seen.take(record.bytes) }
        #expect(seen.mistakes == [])
        #expect(seen.count == producers * count)
    }

    @Test func cancellingEndsTheSequence() async throws {
        let ring = try Ring()
        ring.write([1])
        let records = try ring.map.records
        let reader = Task {
            var count = 0
            for await _ in records { count += 1 }
            return count
        }
        try await Task.sleep(for: .milliseconds(30))
        reader.cancel()
        #expect(await reader.value == 1)
    }

    @Test func whatFindsNoRoomIsCounted() async throws {
        let ring = try Ring()
        let written = Counter(0)
        await withTaskGroup(of: Void.self) { group in
            for producer in 0..<4 {
                group.addTask {
                    for number in 0..<5000 where ring.write(Self.record(producer, number)) {
                        written.add()
                    }
                }
            }
        }
        let total = written.value
        #expect(try ring.drained().count == total)
        #expect(ring.map.lostRecords == UInt64(20_000 - total))
    }
}

/// A number that threads share.
private final class Counter: Sendable {
    private let number: Atomic<Int>

    init(_ value: Int) { number = Atomic(value) }
    var value: Int { number.load(ordering: .acquiring) }
    func add() { number.add(1, ordering: .relaxed) }
    @discardableResult
    func subtract() -> Int { number.subtract(1, ordering: .acquiringAndReleasing).newValue }
}
