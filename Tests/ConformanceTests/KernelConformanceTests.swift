import BPFExecution
import BPFModel
import Foundation
import TestKit
import Testing

/// A case of the kernel's own JIT test suite.
private struct ExtendedKernelCase: Decodable {
    var id: Int
    var name: String
    var type: String
    var data: String?
    var tests: [[Int64]]?
    var flags: [String]?
    var insns: String

    /// What the program runs on where its first `count` bytes are asked for.
    func input(count: Int) -> ExecutionCase.Input {
        let known = data.flatMap { [UInt8](hex: $0) } ?? []
        let bytes = [UInt8](known.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - known.count))
        if flags?.contains("large_mem") == true { return .memory([UInt8](repeating: 0, count: count)) }
        if flags?.contains("no_data") == true { return .memory([]) }
        var metadata = PacketMetadata()
        metadata.etherType = 0x0800
        metadata.packetType = 3
        metadata.mark = 0x1234_aaaa
        metadata.hash = 0x1234_aaab
        metadata.queueMapping = 123
        metadata.vlanTCI = 0xffff
        metadata.interface = 577
        return .packet(bytes, metadata)
    }
}

@Suite struct KernelConformanceTests {
    /// Cases no engine can pass, with the reason.
    static let exceptions = [
        931: "contains the 32-bit move with immediate 1 that only the kernel's verifier emits; the encoding is reserved"
    ]

    @Test(arguments: Engine.allCases)
    func kernelConformance(engine: Engine) throws {
        try run(SharedData.conformance("kernel_test_bpf.jsonl") ?? [], "kernel_test_bpf.jsonl", engine)
    }

    @Test(arguments: Engine.allCases)
    func hugeKernelConformance(engine: Engine) throws {
        try run(
            SharedData.compressedConformance("kernel_test_bpf_huge.jsonl.gz"), "kernel_test_bpf_huge.jsonl.gz", engine)
    }

    private func run(_ lines: [Data], _ collection: String, _ engine: Engine) throws {
        let agreement = Agreement(collection + " (eBPF)", engine: engine.rawValue)
        let decoder = JSONDecoder()
        var proved = 0
        var runs = 0
        for line in lines {
            let test = try decoder.decode(ExtendedKernelCase.self, from: line)
            guard test.type == "ebpf" else { continue }
            let name = "\(test.id) \(test.name)"
            if let reason = Self.exceptions[test.id] {
                print("known exception: \(name): \(reason)")
                continue
            }
            do {
                guard let bytes = [UInt8](hex: test.insns) else { throw CocoaError(.coderInvalidValue) }
                let spec = ProgramSpec(type: .socketFilter, code: try InstructionSequence(decoding: bytes))
                for run in test.tests ?? [] {
                    let one = ExecutionCase(
                        name: name, spec: spec, input: test.input(count: Int(run[0])), zeroed: true)
                    let result = one.run(on: engine) { if $0 { proved += 1 } }
                    let expected = ExecutionCase.Outcome.returned(UInt64(run[1]), memory: [])
                    agreement.compare("\(name), \(run[0]) bytes", expected: expected, found: result.low)
                    runs += 1
                }
            } catch {
                agreement.disagree(name, "\(error)")
            }
        }
        if engine == .interpreter { print("\(collection): \(proved) of \(runs) runs verified") }
        #expect(agreement.report() == [])
    }
}

extension SharedData {
    /// The lines of a compressed collection, or none, having said so, where it is absent.
    static func compressedConformance(_ name: String) -> [Data] {
        guard contents("conformance/" + name) != nil else { return [] }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", root.appendingPathComponent("conformance/" + name).path]
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            print("skipped: \(name) needs gzip: \(error)")
            return []
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}
