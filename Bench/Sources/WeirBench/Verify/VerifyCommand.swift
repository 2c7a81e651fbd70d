import ArgumentParser
import Foundation
import LinuxBPF
import Weir

/// Times the verifier against the kernel's.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Time the verifier against the kernel's, program by program.",
        discussion: """
            Each program is verified by both, in turns, after their verdicts were compared. The kernel's time is what \
            its verifier says of itself, or the processor time of the call where that is less; the time of the whole \
            call, which also translates to native code, is in the JSON. Weir's is processor time, from bytes to proof. Ratios are Weir's least time by the kernel's least time: below 1 Weir is faster. \
            Programs of which the kernel goes over fewer than --least instructions, or is done within --finest \
            microseconds, count as too small to compare.
            """)

    @Argument(help: "The sets: objects, cases, kernel, huge.")
    var sets: [ProgramSet] = [.objects, .cases, .kernel]

    @Option(help: "How often each program is verified by each side.")
    var rounds = 11

    @Option(help: "Seconds for one program, after which no further round starts.")
    var budget = 1.0

    @Option(help: "The fewest instructions the kernel must go over.")
    var least = 100

    @Option(help: "The fewest microseconds the kernel must take.")
    var finest = 10.0

    @Option(help: "How many programs to list, the worst ratios first.")
    var list = 10

    @Option(help: "Only programs whose name contains this.")
    var only: String?

    @Flag(help: "Leave the kernel out.")
    var alone = false

    @Flag(help: "Print everything as JSON.")
    var json = false

    func run() throws {
        if !alone && !KernelBPF.isAvailable { note("no bpf(2) here: the kernel's side is left out") }
        var results: [SetResult] = []
        for set in sets {
            guard let (programs, skipped) = try set.programs() else {
                note("skipped: the programs of \(set) aren't in \(SharedFolder.root.path); set WEIR_SHARED")
                continue
            }
            var result = SetResult(set: set.rawValue, skipped: skipped)
            for program in programs where only.map({ program.name.contains($0) }) ?? true { race(program, &result) }
            results.append(result)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(results), as: UTF8.self))
        } else {
            print(summary(results).text)
            for result in results { printWorst(result) }
        }
    }

    private func race(_ program: BenchProgram, _ result: inout SetResult) {
        var kernel: KernelSide?
        if !alone && KernelBPF.isAvailable {
            do throws(KernelError) { kernel = try KernelSide(program) } catch {
                result.skipped["the kernel: \(error)", default: 0] += 1
                return
            }
        }
        let race = VerificationRace(program, kernel: kernel, rounds: rounds, budget: budget * 1e6)
        let isLarge = (race.kernelProcessed ?? race.slots) >= least && (kernel == nil || race.kernel.least >= finest)
        if race.disagreement != nil {
            result.disagreeing.append(race)
        } else if isLarge {
            result.races.append(race)
        } else {
            result.small += 1
        }
    }

    private func summary(_ results: [SetResult]) -> Table {
        var table = Table([
            "set", "programs", "too small", "disagree", "left out", "weir ns/insn", "kernel ns/insn", "ratio min",
            "median", "max",
        ])
        for result in results {
            let ratios = result.ratios
            table.add([
                result.set, "\(result.races.count)", "\(result.small)", "\(result.disagreeing.count)",
                "\(result.skipped.values.reduce(0, +))", result.weirNanoseconds.median.short,
                result.kernelNanoseconds.median.short, ratios.least.short, ratios.median.short, ratios.greatest.short,
            ])
        }
        return table
    }

    private func printWorst(_ result: SetResult) {
        var table = Table([
            "\(result.set): worst", "slots", "processed", "kernel", "us", "kernel us", "load us", "ratio",
        ])
        for race in result.races.sorted(by: { ($0.ratio ?? 0) > ($1.ratio ?? 0) }).prefix(list) {
            table.add([
                String(race.name.prefix(60)), "\(race.slots)", race.weirProcessed.map { "\($0)" } ?? "refused",
                race.kernelProcessed.map { "\($0)" } ?? "-", race.weir.least.short, race.kernel.least.short,
                race.kernelLoad.least.short, race.ratio?.short ?? "-",
            ])
        }
        print("\n" + table.text)
        for race in result.disagreeing { print("  \(race.name): \(race.disagreement ?? "")") }
        for (reason, count) in result.skipped.sorted(by: { $0.key < $1.key }) {
            print("  left out: \(count), \(reason)")
        }
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data("weir-bench: \(text)\n".utf8)) }
}

/// What came of one set.
private struct SetResult: Encodable {
    let set: String
    /// How many programs couldn't be compared, by reason.
    var skipped: [String: Int]
    var races: [VerificationRace] = []
    var disagreeing: [VerificationRace] = []
    /// How many programs are too small for their time to mean anything.
    var small = 0

    var ratios: Samples { collect { $0.ratio } }
    /// Nanoseconds for each instruction gone over.
    var weirNanoseconds: Samples {
        collect { race in race.weirProcessed.map { race.weir.least * 1000 / Double(max(1, $0)) } }
    }
    var kernelNanoseconds: Samples {
        collect { race in race.kernelProcessed.map { race.kernel.least * 1000 / Double(max(1, $0)) } }
    }

    init(set: String, skipped: [String: Int]) {
        self.set = set
        self.skipped = skipped
    }

    private func collect(_ value: (VerificationRace) -> Double?) -> Samples {
        var samples = Samples()
        for race in races {
            if let value = value(race) { samples.add(value) }
        }
        return samples
    }
}
