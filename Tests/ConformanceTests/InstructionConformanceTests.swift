import BPFExecution
import BPFModel
import Foundation
import TestKit
import Testing

/// A case of the instruction conformance suite: memory in, 64-bit `r0` out.
private struct InstructionCase: Decodable {
    struct Kernel: Decodable {
        var memoryAfter: String?
        enum CodingKeys: String, CodingKey { case memoryAfter = "mem_after" }
    }

    var name: String
    var mem: String
    var insns: String
    var r0: String
    var kernel: Kernel
    var needs: [String]?
}

@Suite struct InstructionConformanceTests {
    /// Cases no engine can pass, with the reason.
    static let exceptions = [
        "call_unwind_fail": "needs a helper 5 that returns its argument; here, as in Linux, helper 5 tells the time"
    ]

    @Test(arguments: Engine.allCases)
    func instructionConformance(engine: Engine) throws {
        let cases = try SharedData.conformance("bpf_conformance.jsonl", as: InstructionCase.self)
        let agreement = Agreement("bpf_conformance.jsonl", engine: engine.rawValue)
        var proved = 0
        for test in cases {
            if let reason = Self.exceptions[test.name] {
                print("known exception: \(test.name): \(reason)")
                continue
            }
            guard let bytes = [UInt8](hex: test.insns), let memory = [UInt8](hex: test.mem),
                let expected = UInt64(test.r0.dropFirst(2), radix: 16)
            else {
                agreement.disagree(test.name, "the case can't be read")
                continue
            }
            do {
                let spec = ProgramSpec(
                    name: test.name, type: .xdp, code: try InstructionSequence(decoding: bytes))
                let result = ExecutionCase(name: test.name, spec: spec, input: .memory(memory)).run(on: engine) {
                    if $0 { proved += 1 }
                }
                let after = test.kernel.memoryAfter.flatMap { [UInt8](hex: $0) }
                agreement.compare(test.name, expected: .returned(expected, memory: after ?? memory), found: result)
            } catch {
                agreement.disagree(test.name, "\(error)")
            }
        }
        if engine == .interpreter { print("bpf_conformance.jsonl: \(proved) of \(cases.count) programs verified") }
        #expect(agreement.report() == [])
    }
}
