import BPFModel
import Foundation
import LinuxBPF
import TestKit
import Testing

/// Every kind, operation and flag gives what Linux gives: the same calls on our maps and on the running kernel's.
///
/// The results are recorded beside this file, for machines without bpf(2). `WEIR_RECORD=1` writes them anew from the
/// running kernel.
@Suite struct MapConformanceTests {
    private static func file(_ type: MapType) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Recorded/\(type.name).txt")
    }

    /// One line for each call: what was called, and what came of it.
    private static func results(_ cases: [MapCase], _ make: (MapSpec) throws(Errno) -> any MapUnderTest) -> [String] {
        cases.flatMap { test -> [String] in
            do throws(Errno) {
                let map = try make(test.spec)
                let steps = test.steps.map { "\(test.name): \($0.text) → \($0.result(on: map))" }
                return steps.isEmpty ? ["\(test.name) → done"] : steps
            } catch { return ["\(test.name) → \(error)"] }
        }
    }

    @Test(arguments: MapCase.kinds.map(\.type)) func sameAsLinux(_ type: MapType) throws {
        let cases = MapCase.kinds.filter { $0.type == type }.flatMap(\.cases)
        let own = Self.results(cases) { spec throws(Errno) in try OwnMap(spec) }
        if KernelBPF.isAvailable {
            let linux = OneProcessor.run { Self.results(cases) { spec throws(Errno) in try LinuxMap(spec) } }
            if ProcessInfo.processInfo.environment["WEIR_RECORD"] != nil {
                let text = (["Linux \(KernelBPF.release)"] + linux).joined(separator: "\n") + "\n"
                try text.write(to: Self.file(type), atomically: true, encoding: .utf8)
            }
            #expect(Self.compare(own, linux, type, with: "the running kernel") == [])
        }
        let text = try String(contentsOf: Self.file(type), encoding: .utf8)
        let recorded = text.split(separator: "\n").dropFirst().map(String.init)
        #expect(Self.compare(own, recorded, type, with: "recorded results") == [])
    }

    private static func compare(_ own: [String], _ expected: [String], _ type: MapType, with reference: String)
        -> [String]
    {
        let agreement = Agreement("maps of type \(type.name), \(reference)", engine: "maps")
        for index in 0..<max(own.count, expected.count) {
            let found = index < own.count ? own[index] : "nothing"
            agreement.compare(
                "line \(index + 1)", expected: index < expected.count ? expected[index] : "nothing", found: found)
        }
        return agreement.report()
    }
}
