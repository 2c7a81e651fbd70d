import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import Foundation
import TestKit
import Testing

/// A program of the kernel's tail call tests: all of them are in one array, and each is run once.
private struct TailCallCase: Decodable {
    struct ProgramArray: Decodable {
        var maxEntries: Int
        enum CodingKeys: String, CodingKey { case maxEntries = "max_entries" }
    }

    var slot: UInt8
    var name: String
    /// Whether `r1` is the address of a 32-bit number, or 0.
    var r1: String
    var resultIn: String
    var result: UInt64
    var array: ProgramArray
    var insns: String

    enum CodingKeys: String, CodingKey {
        case slot, name, r1, result, insns
        case resultIn = "result_in"
        case array = "prog_array"
    }
}

@Suite struct TailCallConformanceTests {
    /// No verifier takes these programs: r1 is no context across the calls.
    private static func load(_ spec: ProgramSpec, _ map: Map, _ engine: Engine) throws(LoadError) -> Executable {
        switch engine {
        case .reference: try Executable(unverified: spec, entry: .memory(size: 0), maps: [0: map], zeroed: true)
        case .interpreter: try Executable(.unproven(spec, entry: .memory(size: 0)), maps: [0: map])
        }
    }

    @Test(arguments: Engine.allCases)
    func tailCallConformance(engine: Engine) throws {
        let cases = try SharedData.conformance("kernel_tail_call.jsonl", as: TailCallCase.self)
        guard let first = cases.first else { return }
        let agreement = Agreement("kernel_tail_call.jsonl", engine: engine.rawValue)
        let map = try Map(MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: first.array.maxEntries))
        var programs: [(TailCallCase, Executable)] = []
        for test in cases {
            guard let bytes = [UInt8](hex: test.insns) else {
                agreement.disagree(test.name, "the case can't be read")
                continue
            }
            let spec = ProgramSpec(
                name: test.name, type: .socketFilter, code: try InstructionSequence(decoding: bytes),
                maps: [0: map.spec])
            let program: Executable
            do throws(LoadError) {
                program = try Self.load(spec, map, engine)
            } catch {
                agreement.disagree(test.name, "\(error)")
                continue
            }
            #expect(program.engine == engine)
            try map.update([test.slot, 0, 0, 0], program)
            programs.append((test, program))
        }
        for (test, program) in programs {
            var state = [UInt8](repeating: 0, count: test.r1 == "state" ? 4 : 0)
            let worker = Worker()
            let r0 = program.run(memory: &state, worker: worker)
            let number = state.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let found = worker.fault.map { "\($0)" } ?? "\(test.resultIn == "state" ? number : r0)"
            agreement.compare(test.name, expected: "\(test.result)", found: found)
        }
        #expect(agreement.report() == [])
    }
}
