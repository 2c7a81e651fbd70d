import BPFExecution
import BPFModel
import BPFVerifier
import Synchronization
import Testing

/// Helpers of the host's own: proved like Linux's, called from both engines.
@Suite struct HostHelperTests {
    private static let id = HelperTable.firstOwnID

    private static func load(
        _ code: InstructionSequence, _ helpers: HelperRegistry, _ engine: Engine, type: ProgramType = .socketFilter
    ) throws -> Executable {
        var options = Verifier.Options()
        options.helpers = helpers.table
        let verified = try Verifier(options).verify(ProgramSpec(type: type, code: code))
        return try Executable(verified, engine: engine, helpers: helpers)
    }

    private static func run(_ program: Executable, _ worker: Worker = Worker()) -> Outcome {
        let value = program.run(on: [UInt8]().span, worker: worker)
        return worker.fault.map { .fault("\($0)") } ?? .returned(value)
    }

    /// Passes eight bytes of the stack in `r1` and `r2` and calls the helper.
    private static func passing(_ bytes: Int32, then code: [Instruction]) -> InstructionSequence {
        InstructionSequence(
            [
                .loadWide(.r1, .value(0x0807_0605_0403_0201)), .store(.double, .r10, -8, .register(.r1)),
                .move(.r1, .register(.r10)), .alu(.add, .r1, -8), .move(.r2, .immediate(bytes)), .call(helper: id),
            ] + code)
    }

    @Test(arguments: Engine.allCases)
    func numbersAndState(engine: Engine) throws {
        var helpers = HelperRegistry()
        let calls = Mutex<[[UInt64]]>([])
        try helpers.register("weigh", id: Self.id, [.anything, .anything, .anything, .anything, .anything]) { call in
            let values = (0..<6).map { call[$0] }
            calls.withLock { $0.append(values) }
            return call[0] &+ call[4] &+ UInt64(call.workerID)
        }
        let code: InstructionSequence = [
            .move(.r1, -1), .move(.r2, 2), .move(.r3, 3), .move(.r4, 4), .move(.r5, 5), .move(.r6, 6),
            .call(helper: Self.id), .alu(.add, .r0, .register(.r6)), .exit,
        ]
        #expect(Self.run(try Self.load(code, helpers, engine), Worker(id: 100)) == .returned(110))
        #expect(calls.withLock { $0 } == [[.max, 2, 3, 4, 5, 0]])
    }

    @Test(arguments: Engine.allCases)
    func memory(engine: Engine) throws {
        var helpers = HelperRegistry()
        try helpers.register("sum", id: Self.id, [.readableMemory, .size]) { call in
            let writable = call.withMutableBytes(0) { $0.count }
            #expect(writable == 0, "only memory that it fills can be written")
            return call.withBytes(0) { bytes in
                var sum: UInt64 = 0
                for index in bytes.indices { sum += UInt64(bytes[index]) }
                return sum
            }
        }
        #expect(Self.run(try Self.load(Self.passing(8, then: [.exit]), helpers, engine)) == .returned(36))
        #expect(Self.run(try Self.load(Self.passing(3, then: [.exit]), helpers, engine)) == .returned(6))

        var fillers = HelperRegistry()
        try fillers.register("fill", id: Self.id, [.writableMemory, .size]) { call in
            call.withMutableBytes(0) { bytes in
                for index in bytes.indices { bytes[index] = UInt8(0xf0 + index) }
                return UInt64(bytes.count)
            }
        }
        let read: [Instruction] = [.load(.double, .r0, .r10, -8), .exit]
        #expect(
            Self.run(try Self.load(Self.passing(4, then: read), fillers, engine)) == .returned(0x0807_0605_f3f2_f1f0))
    }

    @Test(arguments: Engine.allCases)
    func noMemory(engine: Engine) throws {
        var helpers = HelperRegistry()
        try helpers.register("count", id: Self.id, [.readableMemoryOrNull, .sizeOrZero, .writableDouble]) { call in
            let count = call.withBytes(0) { UInt64($0.count) }
            call.withMutableBytes(2) { bytes in for index in bytes.indices { bytes[index] = 1 } }
            return count
        }
        let code: InstructionSequence = [
            .move(.r1, 0), .move(.r2, 0), .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .call(helper: Self.id),
            .load(.double, .r1, .r10, -8), .alu(.add, .r0, .register(.r1)), .exit,
        ]
        #expect(Self.run(try Self.load(code, helpers, engine)) == .returned(0x0101_0101_0101_0101))
    }

    @Test(arguments: Engine.allCases)
    func nothingIsGiven(engine: Engine) throws {
        var helpers = HelperRegistry()
        let calls = Atomic(0)
        try helpers.register("note", id: Self.id, [], result: .nothing) { _ in
            UInt64(calls.add(1, ordering: .relaxed).newValue)
        }
        let call: InstructionSequence = [.call(helper: Self.id), .move(.r0, 3), .exit]
        #expect(Self.run(try Self.load(call, helpers, engine)) == .returned(3))
        #expect(calls.load(ordering: .relaxed) == 1)
        #expect(throws: VerifierRejection.self) { try Self.load([.call(helper: Self.id), .exit], helpers, engine) }
    }

    // MARK: Proof

    @Test func argumentsAreProved() throws {
        var helpers = HelperRegistry()
        try helpers.register("sum", id: Self.id, [.readableMemory, .size], programTypes: [.xdp]) { _ in 0 }
        let good = Self.passing(8, then: [.exit])
        #expect(throws: Never.self) { try Self.load(good, helpers, .interpreter, type: .xdp) }
        let refused: [(InstructionSequence, ProgramType, HelperRegistry)] = [
            (good, .socketFilter, helpers), (good, .xdp, HelperRegistry()),
            (Self.passing(9, then: [.exit]), .xdp, helpers), (Self.passing(0, then: [.exit]), .xdp, helpers),
            ([.move(.r1, 1), .move(.r2, 8), .call(helper: Self.id), .exit], .xdp, helpers),
            ([.move(.r1, 1), .call(helper: Self.id), .exit], .xdp, helpers),
        ]
        for (code, type, helpers) in refused {
            #expect(throws: VerifierRejection.self) { try Self.load(code, helpers, .interpreter, type: type) }
        }
    }

    @Test(arguments: Engine.allCases)
    func helpersMustBeThoseOfTheProof(engine: Engine) throws {
        var helpers = HelperRegistry()
        try helpers.register("sum", id: Self.id, [.readableMemory, .size]) { _ in 0 }
        var others = HelperRegistry()
        try others.register("sum", id: Self.id, [.anything, .anything]) { _ in 0 }
        var options = Verifier.Options()
        options.helpers = helpers.table
        let verified = try Verifier(options).verify(
            ProgramSpec(type: .xdp, code: Self.passing(8, then: [.exit])))
        let wrong: [(HelperRegistry, String)] = [
            (HelperRegistry(), "instruction 5: helper 65536 is not implemented"),
            (others, "instruction 5: helper sum takes or gives something else than when the program was verified"),
        ]
        for (registry, text) in wrong {
            let error = #expect(throws: LoadError.self) {
                try Executable(verified, engine: engine, helpers: registry)
            }
            #expect(error?.description == text)
        }
    }

    @Test func referenceEngineChecksThem() throws {
        var helpers = HelperRegistry()
        try helpers.register("sum", id: Self.id, [.readableMemory, .size]) { _ in 0 }
        let code: InstructionSequence = [.move(.r1, 8), .move(.r2, 8), .call(helper: Self.id), .exit]
        let program = try Executable(
            unverified: ProgramSpec(type: .xdp, code: code), helpers: helpers)
        #expect(
            Self.run(program) == .fault("instruction 2: read of 8 bytes at 0x8 is outside every memory the program has")
        )
    }

    // MARK: Registration

    struct Refusal: Sendable {
        var name = "mine"
        var id = HelperTable.firstOwnID
        var arguments: [HelperPrototype.Argument] = []
        var result = HelperPrototype.Result.scalar
        let text: String
    }

    static let refusals: [Refusal] = [
        Refusal(name: "", text: "'' is no name for a helper: it takes letters, digits and _"),
        Refusal(name: "my helper", text: "'my helper' is no name for a helper: it takes letters, digits and _"),
        Refusal(id: 65535, text: "helper number 65535 is Linux's to give; a host's own start at 65536"),
        Refusal(id: 65537, text: "helper number 65537 is taken"),
        Refusal(name: "taken", text: "helper name taken is taken"),
        Refusal(name: "bpf_loop", text: "helper name bpf_loop is taken"),
        Refusal(
            arguments: [HelperPrototype.Argument](repeating: .anything, count: 6),
            text: "a helper takes at most 5 arguments, not 6"),
        Refusal(arguments: [.readableMemory], text: "argument 1 is memory: the next argument must be its size"),
        Refusal(
            arguments: [.anything, .writableMemory, .anything],
            text: "argument 2 is memory: the next argument must be its size"),
        Refusal(arguments: [.size], text: "argument 1 is a size: the argument before it must be memory"),
        Refusal(arguments: [.map], text: "argument 1 is of a kind that only Linux's helpers take"),
        Refusal(
            arguments: [.callback(.loop)], text: "argument 1 is of a kind that only Linux's helpers take"),
        Refusal(result: .mapValueOrNull, text: "a host's helper gives a number or nothing"),
    ]

    @Test(arguments: refusals)
    func refused(refusal: Refusal) throws {
        var helpers = HelperRegistry()
        try helpers.register("taken", id: 65537, []) { _ in 0 }
        let error = #expect(throws: HelperError.self) {
            try helpers.register(refusal.name, id: refusal.id, refusal.arguments, result: refusal.result) { _ in 0 }
        }
        #expect(error?.description == refusal.text)
    }
}
