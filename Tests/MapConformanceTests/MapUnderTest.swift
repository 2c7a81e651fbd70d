import BPFMaps
import BPFModel
import LinuxBPF
import TestKit

/// A map that can be called, whosever it is.
///
/// Values are of one byte, repeated; results are texts.
protocol MapUnderTest {
    func update(_ key: [UInt8], _ value: UInt8, _ flags: UInt64) throws(Errno)
    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8]
    func delete(_ key: [UInt8]) throws(Errno)
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8]
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8]
    func updateBatch(_ keys: [[UInt8]], _ value: UInt8, _ flags: UInt64) -> (done: Int, stopped: Errno?)
    func deleteBatch(_ keys: [[UInt8]]) -> (done: Int, stopped: Errno?)
    /// All batches until one is the last or fails: the keys of each, and why it ended.
    func batches(room: Int, taking: Bool) -> (keys: [[UInt8]], stopped: Errno?)
    func freeze() throws(Errno)
}

extension MapStep {
    /// Makes the call and tells the result.
    func result(on map: any MapUnderTest) -> String {
        do throws(Errno) {
            switch self {
            case .update(let key, let value, let flags): try map.update(key, value, flags)
            case .lookup(let key, let flags): return Self.summary(try map.lookup(key, flags))
            case .delete(let key): try map.delete(key)
            case .take(let key, let flags): return Self.summary(try map.take(key, flags))
            case .next(let key):
                let first = try map.nextKey(after: nil)
                return try map.nextKey(after: key) == first ? "the first key" : "another key"
            case .walk(let sorted): return Self.text(Self.keys(of: map, deleting: false), sorted: sorted)
            case .walkDeleting: return Self.text(Self.keys(of: map, deleting: true), sorted: true)
            case .lookupBatch(let room): return Self.text(map.batches(room: room, taking: false))
            case .takeBatch(let room): return Self.text(map.batches(room: room, taking: true))
            case .updateBatch(let keys, let value, let flags): return Self.text(map.updateBatch(keys, value, flags))
            case .deleteBatch(let keys): return Self.text(map.deleteBatch(keys))
            case .freeze: try map.freeze()
            case .fill(let numbers):
                for number in numbers { try map.update(Self.key(number), 1, 0) }
                return Self.ranges((0..<numbers.upperBound).filter { (try? map.lookup(Self.key($0), 0)) != nil })
            }
            return "done"
        } catch { return "\(error)" }
    }

    /// Equal bytes are written once, so that per-CPU values don't depend on the number of CPUs.
    private static func summary(_ value: [UInt8]) -> String {
        guard let first = value.first else { return "nothing" }
        return value.allSatisfy { $0 == first } ? "\(first)" : value.hex
    }

    private static func key(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    private static func ranges(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound == number - 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return "\(numbers.count) there: " + ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
    }

    private static func keys(of map: any MapUnderTest, deleting: Bool) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        var last: [UInt8]?
        while keys.count < 1000, let key = try? map.nextKey(after: last) {
            keys.append(key)
            if deleting { try? map.delete(key) }
            last = key
        }
        return keys
    }

    private static func text(_ keys: [[UInt8]], sorted: Bool) -> String {
        let texts = keys.map(Self.text)
        return (sorted ? texts.sorted() : texts).joined(separator: " ")
    }

    private static func text(_ result: (done: Int, stopped: Errno?)) -> String {
        "\(result.done) done" + (result.stopped.map { ", then \($0)" } ?? "")
    }

    private static func text(_ result: (keys: [[UInt8]], stopped: Errno?)) -> String {
        result.keys.map(Self.text).sorted().joined(separator: " ") + (result.stopped.map { ", then \($0)" } ?? "")
    }
}

/// Our map.
struct OwnMap: MapUnderTest {
    let map: Map

    init(_ spec: MapSpec) throws(Errno) {
        do { map = try Map(spec, options: MapOptions(seed: 1, workers: 2, lru: .kernel)) } catch { throw error.errno }
    }

    func update(_ key: [UInt8], _ value: UInt8, _ flags: UInt64) throws(Errno) {
        try map.update(key, [UInt8](repeating: value, count: map.valueSize), flags: flags)
    }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.lookup(key, flags: flags) }
    func delete(_ key: [UInt8]) throws(Errno) { try map.delete(key) }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { try map.take(key, flags: flags) }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try map.nextKey(after: key) }
    func freeze() throws(Errno) { try map.freeze() }

    func updateBatch(_ keys: [[UInt8]], _ value: UInt8, _ flags: UInt64) -> (done: Int, stopped: Errno?) {
        do {
            let values = [UInt8](repeating: value, count: keys.count * map.valueSize)
            try map.updateBatch(keys.flatMap(\.self), values, flags: flags)
            return (keys.count, nil)
        } catch { return (error.done, error.errno) }
    }

    func deleteBatch(_ keys: [[UInt8]]) -> (done: Int, stopped: Errno?) {
        do {
            try map.deleteBatch(keys.flatMap(\.self))
            return (keys.count, nil)
        } catch { return (error.done, error.errno) }
    }

    func batches(room: Int, taking: Bool) -> (keys: [[UInt8]], stopped: Errno?) {
        var keys: [[UInt8]] = []
        var cursor: MapCursor?
        while true {
            do throws(Errno) {
                let batch =
                    taking
                    ? try map.takeBatch(from: cursor, atMost: room) : try map.lookupBatch(from: cursor, atMost: room)
                keys += batch.entries.map { Array($0.key) }
                guard let next = batch.next else { return (keys, .noEntry) }
                cursor = next
            } catch { return (keys, error) }
        }
    }
}

/// The running kernel's map.
struct LinuxMap: MapUnderTest {
    let map: KernelMap

    init(_ spec: MapSpec) throws(Errno) {
        do {
            map = try KernelMap(
                type: spec.type.rawValue, keySize: spec.keySize, valueSize: spec.valueSize, maxEntries: spec.maxEntries,
                flags: spec.flags.rawValue, types: spec.spinLock.map { try SpinLockTypes.entry(spec, lock: $0) })
        } catch { throw (error as? KernelError)?.errno ?? .invalid }
    }

    private func errno<Result>(_ call: () throws(KernelError) -> Result) throws(Errno) -> Result {
        do { return try call() } catch { throw error.errno }
    }

    func update(_ key: [UInt8], _ value: UInt8, _ flags: UInt64) throws(Errno) {
        let values = [UInt8](repeating: value, count: map.exchangedValueSize)
        try errno { () throws(KernelError) in try map.update(key, values, flags: flags) }
    }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try errno { () throws(KernelError) in try map.lookup(key, flags: flags) }
    }

    func delete(_ key: [UInt8]) throws(Errno) { try errno { () throws(KernelError) in try map.delete(key) } }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        try errno { () throws(KernelError) in try map.lookupAndDelete(key, flags: flags) }
    }

    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] {
        try errno { () throws(KernelError) in try map.nextKey(after: key) }
    }

    func freeze() throws(Errno) { try errno { () throws(KernelError) in try map.freeze() } }

    func updateBatch(_ keys: [[UInt8]], _ value: UInt8, _ flags: UInt64) -> (done: Int, stopped: Errno?) {
        let values = [UInt8](repeating: value, count: keys.count * map.exchangedValueSize)
        let batch = map.updateBatch(keys: keys.flatMap(\.self), values: values, count: keys.count, elementFlags: flags)
        return Self.result(batch, of: keys.count)
    }

    func deleteBatch(_ keys: [[UInt8]]) -> (done: Int, stopped: Errno?) {
        let batch = map.deleteBatch(keys: keys.flatMap(\.self), count: keys.count)
        return Self.result(batch, of: keys.count)
    }

    /// A call refused at once leaves the count as it was asked for.
    private static func result(_ batch: KernelBatch, of count: Int) -> (done: Int, stopped: Errno?) {
        (batch.stopped != nil && batch.count == count ? 0 : batch.count, batch.stopped)
    }

    func batches(room: Int, taking: Bool) -> (keys: [[UInt8]], stopped: Errno?) {
        var keys: [[UInt8]] = []
        var cursor: [UInt8]?
        while true {
            let batch =
                taking
                ? map.lookupAndDeleteBatch(from: cursor, count: room) : map.lookupBatch(from: cursor, count: room)
            for index in 0..<batch.count {
                keys.append(Array(batch.keys[index * map.keySize..<(index + 1) * map.keySize]))
            }
            if let stopped = batch.stopped { return (keys, stopped) }
            cursor = batch.cursor
        }
    }
}
