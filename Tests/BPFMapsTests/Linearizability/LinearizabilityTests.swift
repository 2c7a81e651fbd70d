import BPFMaps
import BPFModel
import Foundation
import Synchronization
import TestKit
import Testing

/// Readers, writers, deleters and walkers on several threads: whatever they were answered, a map that does one thing at
/// a time could have answered so, key by key.
///
/// `WEIR_ROUNDS` asks for more than the usual number of rounds, `WEIR_SEED` for others.
@Suite struct LinearizabilityTests {
    struct World: Sendable, CustomTestStringConvertible {
        let type: MapType
        let keySize: Int
        let entries: Int
        let keys: Int
        let threads: Int
        var flags: MapFlags = []
        var lru = LRUMode.exact
        var testDescription: String {
            "\(type.name), \(keySize)-byte keys, \(keys) of them, \(threads) threads, \(lru)"
        }
    }

    static let worlds: [World] = [
        World(type: .hash, keySize: 4, entries: 11, keys: 10, threads: 2),
        World(type: .hash, keySize: 8, entries: 33, keys: 31, threads: 3),
        World(type: .hash, keySize: 16, entries: 22, keys: 22, threads: 4),
        World(type: .hash, keySize: 21, entries: 44, keys: 40, threads: 8),
        World(type: .percpuHash, keySize: 8, entries: 22, keys: 20, threads: 4),
        World(type: .lruHash, keySize: 16, entries: 66, keys: 30, threads: 4),
        World(type: .lruHash, keySize: 16, entries: 100, keys: 20, threads: 4, lru: .kernel),
        World(type: .lruPercpuHash, keySize: 8, entries: 66, keys: 30, threads: 4),
        World(type: .lpmTrie, keySize: 12, entries: 40, keys: 24, threads: 4, flags: .noPreallocation),
        World(type: .array, keySize: 4, entries: 6, keys: 6, threads: 4),
    ]

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(arguments: worlds) func everyHistoryIsPossible(_ world: World) throws {
        let rounds = Self.number("WEIR_ROUNDS") ?? 12
        let seed = UInt64(Self.number("WEIR_SEED") ?? 7)
        let spec = MapSpec(
            type: world.type, keySize: world.keySize, valueSize: 32, maxEntries: world.entries, flags: world.flags)
        let map = try Map(spec, options: MapOptions(seed: seed, workers: 2, lru: world.lru))
        var values = [UInt64](repeating: 0, count: world.keys)
        for round in 0..<rounds {
            let crowd = Crowd(map, world, seed: seed &+ UInt64(round) &* 1000)
            let calls = crowd.run()
            for key in 0..<world.keys {
                let history = KeyHistory(calls[key])
                try #require(
                    history.isLinearizable(from: values[key]),
                    "round \(round), key \(key), WEIR_SEED=\(seed): \(calls[key].sorted { $0.began < $1.began })")
                values[key] = crowd.value(of: key)
            }
        }
    }
}

/// What threads noted, by key.
///
/// `@unchecked Sendable` because a lock guards it, one that the thread sanitizer knows.
private final class Notes: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var calls: [[KeyCall]]

    init(keys: Int) { calls = [[KeyCall]](repeating: [], count: keys) }

    func add(_ added: [(key: Int, call: KeyCall)]) {
        lock.lock()
        defer { lock.unlock() }
        for (key, call) in added { calls[key].append(call) }
    }
}

/// Threads that call one map and note what they are answered.
final class Crowd: Sendable {
    private let map: Map
    private let world: LinearizabilityTests.World
    private let seed: UInt64
    private let clock = Atomic<UInt64>(1)
    private let serial = Atomic<UInt64>(1)

    init(_ map: Map, _ world: LinearizabilityTests.World, seed: UInt64) {
        self.map = map
        self.world = world
        self.seed = seed
        serial.store(seed &* 1_000_000 &+ 1, ordering: .relaxed)
    }

    /// What the threads noted, by key.
    func run() -> [[KeyCall]] {
        let notes = Notes(keys: world.keys)
        let finished = DispatchGroup()
        for thread in 0..<world.threads {
            finished.enter()
            Thread {
                let calls = self.work(thread)
                notes.add(calls)
                finished.leave()
            }.start()
        }
        finished.wait()
        return notes.calls
    }

    private func work(_ thread: Int) -> [(key: Int, call: KeyCall)] {
        var random = SeededRandom(seed: seed &+ UInt64(thread))
        var calls: [(Int, KeyCall)] = []
        let isArray = world.type == .array
        for step in 0..<240 {
            let key = Int.random(in: 0..<world.keys, using: &random)
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<7: calls.append((key, call(.lookup, key)))
            case 7..<13:
                let value = serial.wrappingAdd(1, ordering: .relaxed).newValue
                calls.append((key, call(.update(value, isArray ? .any : random.pick(UpdateMode.allCases)), key)))
            case 13..<17 where !isArray: calls.append((key, call(.delete, key)))
            case 17..<19 where !isArray && world.type != .lpmTrie: calls.append((key, call(.take, key)))
            default: if step % 4 == 0 { calls += walk() }
            }
        }
        return calls
    }

    private func now() -> UInt64 { clock.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }

    private func call(_ action: KeyCall.Action, _ key: Int) -> KeyCall {
        let bytes = self.key(key)
        let began = now()
        let outcome = answer(action, bytes)
        return KeyCall(action: action, outcome: outcome, began: began, ended: now())
    }

    private func answer(_ action: KeyCall.Action, _ key: [UInt8]) -> KeyCall.Outcome {
        do throws(Errno) {
            switch action {
            case .lookup: return outcome(try map.lookup(key))
            case .update(let value, let mode): try map.update(key, bytes(value), mode: mode)
            case .delete: try map.delete(key)
            case .take: return outcome(try map.take(key))
            }
            return .done
        } catch { return .failed(error) }
    }

    /// A walk is a lookup of every key, all of them while it lasts; none is met twice.
    private func walk() -> [(Int, KeyCall)] {
        let began = now()
        let entries = (try? map.entries())?.map { (Array($0.key), Array($0.value)) } ?? []
        let ended = now()
        let found = Dictionary(entries) { _, _ in [] }
        return (0..<world.keys).map { key in
            let outcome = found[self.key(key)].map(outcome) ?? .failed(.noEntry)
            return (key, KeyCall(action: .lookup, outcome: outcome, began: began, ended: ended))
        }
    }

    /// The value at rest.
    func value(of key: Int) -> UInt64 {
        guard case .value(let value) = answer(.lookup, self.key(key)) else { return 0 }
        return value
    }

    private func key(_ number: Int) -> [UInt8] {
        if world.type == .lpmTrie {
            // Prefixes of all their bits, so that no key matches another's.
            return [64, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, UInt8(number)]
        }
        return (0..<world.keySize).map {
            UInt8(truncatingIfNeeded: world.type == .array ? ($0 == 0 ? number : 0) : number &* ($0 + 1))
        }
    }

    /// A number as a value: repeated, so that a value of two halves is noticed.
    private func bytes(_ value: UInt64) -> [UInt8] {
        (0..<map.valueSize).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * ($0 % 8))) }
    }

    /// The number in a value; one that nobody wrote where its parts differ.
    private func outcome(_ bytes: [UInt8]) -> KeyCall.Outcome {
        guard bytes.count == map.valueSize else { return .value(.max) }
        let words = stride(from: 0, to: bytes.count, by: 8).map { start in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        }
        guard let first = words.first, words.allSatisfy({ $0 == first }) else { return .value(.max) }
        return first == 0 ? .failed(.noEntry) : .value(first)
    }
}
