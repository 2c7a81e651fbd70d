import ArgumentParser
import Foundation
import LinuxBPF
import Weir

/// Verifies programs made to cost as much as possible, each in a process of its own.
struct AdversariesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adversaries",
        abstract: "Time the verifier, and measure its memory, on programs made to cost as much as possible.",
        discussion: "Each runs in a process of its own, whose peak memory is reported with its program's size.")

    @Argument(help: "The programs; all where none is named.")
    var names: [Adversary] = []

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Leave the kernel out.")
    var alone = false

    @Flag(help: "Verify one program in this process.")
    var inside = false

    func run() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        if inside {
            for name in names {
                print(String(decoding: try encoder.encode(AdversaryResult(name, alone: alone)), as: UTF8.self))
            }
            return
        }
        let results = try (names.isEmpty ? Adversary.allCases : names).map(resultOfChild)
        if json {
            print(String(decoding: try encoder.encode(results), as: UTF8.self))
        } else {
            printTable(results)
        }
    }

    private func resultOfChild(_ adversary: Adversary) throws -> AdversaryResult {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["adversaries", adversary.rawValue, "--inside"]
        if alone { child.arguments?.append("--alone") }
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        return try JSONDecoder().decode(AdversaryResult.self, from: text)
    }

    private func printTable(_ results: [AdversaryResult]) {
        var table = Table(["adversary", "slots", "ms", "kernel ms", "before MB", "peak MB"])
        for result in results {
            table.add([
                result.name, "\(result.slots)", result.milliseconds.short, result.kernelMilliseconds?.short ?? "-",
                "\(result.bytesBefore / 1_000_000)", "\(result.peakBytes / 1_000_000)",
            ])
        }
        print(table.text)
        for result in results {
            print("\n\(result.name)\n  weir: \(result.verdict)")
            if let verdict = result.kernelVerdict { print("  kernel: \(verdict)") }
        }
    }
}

/// What one program cost.
struct AdversaryResult: Codable {
    let name: String
    let slots: Int
    let verdict: String
    let milliseconds: Double
    /// The memory of the process with the program in it, before it is verified.
    let bytesBefore: Int
    /// The most memory the process has had.
    let peakBytes: Int
    let kernelVerdict: String?
    let kernelMilliseconds: Double?

    init(_ adversary: Adversary, alone: Bool) {
        let program = adversary.program
        name = program.name
        slots = program.slots.count
        bytesBefore = PeakMemory.bytes ?? 0
        let ours = WeirSide(program).verify()
        verdict = ours.rejection ?? "accepts, \(ours.processed ?? 0) processed"
        milliseconds = ours.microseconds / 1000
        peakBytes = PeakMemory.bytes ?? 0
        guard !alone, KernelBPF.isAvailable, let theirs = (try? KernelSide(program))?.verify() else {
            kernelVerdict = nil
            kernelMilliseconds = nil
            return
        }
        kernelVerdict = theirs.rejection ?? "accepts, \(theirs.processed ?? 0) processed"
        kernelMilliseconds = theirs.microseconds.map { $0 / 1000 }
    }
}
