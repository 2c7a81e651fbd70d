@_spi(Measuring) import BPFMaps
import BPFModel
import Foundation
import LinuxBPF

/// Hash tables of one size, measured in turns.
struct MapRace {
    /// What is measured, in the order the table goes through it: empty, full, full, full, empty.
    enum Measurement: String, CaseIterable, Encodable {
        case insert, lookup, miss, update, delete
    }

    let entries: Int
    private(set) var samples: [String: [Measurement: Samples]] = [:]
    private(set) var failures: [String] = []

    /// Measures every table `rounds` times, one after the other in each round.
    init(entries: Int, rounds: Int, kernel: Bool) {
        self.entries = entries
        var sides: [any MapSide] = []
        if let side = WeirMapSide(entries: entries) { sides.append(side) }
        if kernel, let side = KernelMapSide(entries: entries) { sides.append(side) }
        if let side = RTEMapSide(entries: entries) { sides.append(side) }
        // Small tables are gone through often, so that a measurement is long enough.
        let repeats = max(1, 200_000 / entries)
        for round in 0...rounds {
            for index in sides.indices { measure(&sides[index], repeats, warmUp: round == 0) }
        }
    }

    private mutating func measure(_ side: inout any MapSide, _ repeats: Int, warmUp: Bool) {
        var results: [Measurement: [Double]] = [:]
        func note(_ measurement: Measurement, _ time: Double?, _ side: any MapSide) -> String? {
            guard let time else { return "\(side.name): \(measurement.rawValue) of \(entries) failed" }
            results[measurement, default: []].append(time)
            return nil
        }
        for turn in 0..<repeats {
            let steps: [(Measurement, MapTrial.Action, Int)] = [
                (.insert, .update, 0), (.lookup, .lookup, 0), (.miss, .lookup, 1 << 40), (.update, .update, 0),
                (.delete, .delete, 0),
            ]
            for (measurement, action, first) in steps {
                if let failure = note(measurement, side.run(action, from: first, count: entries), side), turn == 0 {
                    failures.append(failure)
                }
            }
        }
        guard !warmUp else { return }
        for (measurement, times) in results {
            let mean = times.reduce(0, +) / Double(times.count)
            samples[side.name, default: [:]][measurement, default: Samples()].add(mean)
        }
    }

    /// The least time of a side; nil where it wasn't measured.
    func least(_ side: String, _ measurement: Measurement) -> Double? { samples[side]?[measurement]?.least }
}

/// Two threads on one map, against one.
enum MapScaling {
    /// How much more two threads do together than one in the same time: lookups and every fifth time an update.
    static func factor(entries: Int) -> Double? {
        let spec = MapSpec(type: .hash, keySize: 16, valueSize: 32, maxEntries: entries)
        guard let map = try? Map(spec, options: MapOptions(hugePages: true)), let trial = MapTrial(map) else {
            return nil
        }
        _ = trial.run(.update, from: 0, count: entries)
        let one = (0..<5).map { _ in rate(trial, entries, threads: 1) }.max() ?? 0
        let two = (0..<5).map { _ in rate(trial, entries, threads: 2) }.max() ?? 0
        return one > 0 ? two / one : nil
    }

    /// Operations a microsecond, of all threads.
    private static func rate(_ trial: MapTrial, _ entries: Int, threads: Int) -> Double {
        let piece = 1000
        let pieces = 2000
        let finished = DispatchGroup()
        let start = ContinuousClock.now
        for thread in 0..<threads {
            finished.enter()
            Thread {
                var first = thread * entries / 2
                for turn in 0..<pieces {
                    if first + piece > entries { first = 0 }
                    _ = trial.run(turn % 5 == 0 ? .update : .lookup, from: UInt64(first), count: piece)
                    first += piece
                }
                finished.leave()
            }.start()
        }
        finished.wait()
        let time = ContinuousClock.now - start
        return Double(threads * piece * pieces)
            / (Double(time.components.attoseconds) / 1e12 + Double(time.components.seconds) * 1e6)
    }
}
