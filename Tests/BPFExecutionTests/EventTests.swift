import BPFExecution
import BPFModel
import BPFVerifier
import Testing

/// Programs whose context is an event's plain bytes.
@Suite struct EventTests {
    static let types: [ProgramType] = [.kprobe, .tracepoint, .rawTracepoint, .seccomp]

    private static func load(_ code: InstructionSequence, _ type: ProgramType, _ engine: Engine) throws -> Executable {
        try Executable(Verifier().verify(ProgramSpec(type: type, code: code)), engine: engine)
    }

    private static func run(_ program: Executable, _ event: [UInt8], _ worker: Worker = Worker()) -> Outcome {
        let value = program.run(event: event.span, worker: worker)
        return worker.fault.map { .fault("\($0)") } ?? .returned(value)
    }

    @Test(arguments: Engine.allCases, types)
    func bytesAreTheContext(engine: Engine, type: ProgramType) throws {
        let program = try Self.load(
            [
                .load(.word, .r0, .r1, 8), .load(.half, .r2, .r1, 14), .alu(.add, .r0, .register(.r2)),
                .load(.byte, .r2, .r1, 17), .alu(.add, .r0, .register(.r2)), .load(.double, .r2, .r1, 56),
                .alu(.add, .r0, .register(.r2)), .exit,
            ], type, engine)
        let event = (0..<60).map { UInt8($0) }
        let last: UInt64 = 0x3b3a_3938
        #expect(Self.run(program, event) == .returned(0x0b0a_0908 + 0x0f0e + 0x11 + last))
        // Zeros follow a short one, whatever was there before.
        let worker = Worker()
        let long = [UInt8](repeating: 0xff, count: 9000)
        #expect(Self.run(program, long, worker) == .returned(0xffff_ffff + 0xffff + 0xff &- 1))
        #expect(Self.run(program, Array(event.prefix(16)), worker) == .returned(0x0b0a_0908 + 0x0f0e))
        #expect(Self.run(program, [], worker) == .returned(0))
    }

    @Test(arguments: Engine.allCases, types)
    func lastBytes(engine: Engine, type: ProgramType) throws {
        let end = type.context.size
        let program = try Self.load([.load(.double, .r0, .r1, Int16(end - 8)), .exit], type, engine)
        var event = [UInt8](repeating: 0, count: end)
        event[end - 8] = 77
        #expect(Self.run(program, event) == .returned(77))
    }

    @Test(arguments: Engine.allCases)
    func eventsAreForTheirTypes(engine: Engine) throws {
        let code: InstructionSequence = [.move(.r0, 5), .exit]
        let worker = Worker()
        let filter = try Self.load(code, .socketFilter, engine)
        #expect(filter.run(event: [1, 2, 3].span, worker: worker) == 0)
        let probe = try Self.load(code, .kprobe, engine)
        #expect(probe.run(on: [1, 2, 3].span, worker: worker) == 0)
        #expect(probe.run(event: [1, 2, 3].span, worker: worker) == 5)
    }

    @Test(arguments: Engine.allCases)
    func helpersSeeTheWorkersTime(engine: Engine) throws {
        let worker = Worker()
        worker.metadata.nanoseconds = 123
        #expect(Self.run(try Self.load([.call(helper: 5), .exit], .tracepoint, engine), [], worker) == .returned(123))
    }

    struct Fault: Sendable {
        let type: ProgramType
        let code: InstructionSequence
        let text: String
    }

    static let faults: [Fault] = [
        Fault(
            type: .tracepoint, code: [.load(.double, .r0, .r1, 0), .exit],
            text: "instruction 0: read of 8 bytes at offset 0 of trace event, where no such field is"),
        Fault(
            type: .kprobe, code: [.load(.word, .r0, .r1, 2), .exit],
            text: "instruction 0: read of 4 bytes at offset 2 of pt_regs, where no such field is"),
        Fault(
            type: .seccomp, code: [.store(.word, .r1, 0, 1), .move(.r0, 0), .exit],
            text: "instruction 0: write of 4 bytes at offset 0 of seccomp_data, where no such field is"),
        Fault(
            type: .rawTracepoint, code: [.move(.r6, .register(.r1)), .loadPacket(at: 0, .byte), .exit],
            text: "instruction 1: packet load needs the context in r6"),
    ]

    @Test(arguments: faults)
    func refused(test: Fault) throws {
        let program = try Executable(unverified: ProgramSpec(type: test.type, code: test.code))
        #expect(Self.run(program, [1, 2, 3]) == .fault(test.text))
    }
}
