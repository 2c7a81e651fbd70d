import ArgumentParser
import CRTEHash
import Foundation
import LinuxBPF

/// Times the hash map against the kernel's and DPDK's.
struct MapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maps",
        abstract: "Time the hash map against the kernel's and DPDK's rte_hash.",
        discussion: """
            Keys have 16 bytes, values 32. Each table is filled, looked up, updated and emptied, all tables in turns, \
            and the least time for one operation counts. Weir's functions are called as a program's helpers are; the \
            kernel's run in a program that does fifty operations a run, timed by the kernel; rte_hash is called from C, \
            its values beside it. All make their keys from numbers on the way. Ratios are Weir's time by the other's.
            """)

    @Argument(help: "Sizes of the tables, in entries.")
    var sizes = [1000, 100_000, 1_000_000]

    @Option(help: "How often everything is measured.")
    var rounds = 5

    @Flag(help: "Leave the kernel out.")
    var alone = false

    func run() throws {
        let kernel = !alone && KernelBPF.isAvailable
        if !alone && !kernel { note("no bpf(2) here: the kernel's side is left out") }
        if weir_rte_available() == 0 { note("no DPDK here: rte_hash is left out") }
        var table = Table([
            "entries", "operation", "weir ns", "kernel ns", "rte_hash ns", "weir/kernel", "weir/rte_hash",
        ])
        for entries in sizes {
            let race = MapRace(entries: entries, rounds: rounds, kernel: kernel)
            for failure in race.failures { note(failure) }
            for measurement in MapRace.Measurement.allCases {
                let times = ["weir", "kernel", "rte_hash"].map { race.least($0, measurement) }
                func ratio(_ other: Double?) -> String {
                    guard let own = times[0], let other, other > 0 else { return "-" }
                    return (own / other).short
                }
                table.add(
                    ["\(entries)", measurement.rawValue] + times.map { $0?.short ?? "-" }
                        + [ratio(times[1]), ratio(times[2])])
            }
        }
        print(table.text)
        if let factor = MapScaling.factor(entries: 1_000_000) {
            print("\ntwo threads, four lookups to an update, 1000000 entries: \(factor.short) times one")
        }
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data("weir-bench: \(text)\n".utf8)) }
}
