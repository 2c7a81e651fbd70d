@_spi(Measuring) import BPFMaps
import BPFModel
import CRTEHash
import LinuxBPF

/// A hash table that is measured: 16-byte keys made from numbers, 32-byte values.
protocol MapSide {
    var name: String { get }
    /// Does one thing with the keys of some numbers; nanoseconds for each, or nil where that failed.
    mutating func run(_ action: MapTrial.Action, from first: Int, count: Int) -> Double?
}

/// Weir's hash, called through the functions that helpers call.
struct WeirMapSide: MapSide {
    let name = "weir"
    let trial: MapTrial

    init?(entries: Int) {
        let spec = MapSpec(type: .hash, keySize: 16, valueSize: 32, maxEntries: entries)
        guard let map = try? Map(spec, options: MapOptions(hugePages: entries > 50_000)),
            let trial = MapTrial(map)
        else { return nil }
        self.trial = trial
    }

    func run(_ action: MapTrial.Action, from first: Int, count: Int) -> Double? {
        let (time, done) = Stopwatch.microseconds { trial.run(action, from: UInt64(first), count: count) }
        return done == count || action == .lookup ? time * 1000 / Double(count) : nil
    }
}

/// DPDK's rte_hash, with values beside it.
struct RTEMapSide: MapSide {
    let name = "rte_hash"
    let table: RTETable

    init?(entries: Int) {
        guard let table = RTETable(entries: entries) else { return nil }
        self.table = table
    }

    func run(_ action: MapTrial.Action, from first: Int, count: Int) -> Double? {
        let (time, done) = Stopwatch.microseconds { table.run(action, first, count) }
        return done == count || action == .lookup ? time * 1000 / Double(count) : nil
    }
}

/// Owns a table of the C library.
@safe final class RTETable {
    private let address: UnsafeMutableRawPointer

    init?(entries: Int) {
        guard weir_rte_available() != 0, let address = unsafe weir_rte_create(UInt32(entries)) else { return nil }
        unsafe self.address = address
    }

    func run(_ action: MapTrial.Action, _ first: Int, _ count: Int) -> Int {
        let number: Int32 =
            switch action {
            case .lookup: 0
            case .update: 1
            case .delete: 2
            }
        return unsafe Int(weir_rte_run(address, number, UInt64(first), UInt64(count), MapTrial.multiplier))
    }

    deinit { unsafe weir_rte_free(address) }
}
