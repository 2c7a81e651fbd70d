import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import Testing

/// Programs that go on in other programs.
@Suite struct TailCallTests {
    private static let array = MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 4)

    /// Goes on in the program at an index of map 1; context in `r6`.
    static func call(_ index: Int32) -> [Instruction] {
        [.move(.r1, .register(.r6)), .loadWide(.r2, .map(1)), .move(.r3, .immediate(index)), .call(helper: 12)]
    }

    private static func returns(_ value: Int32) -> [Instruction] { [.move(.r0, .immediate(value)), .exit] }

    private static func key(_ index: UInt8) -> [UInt8] { [index, 0, 0, 0] }

    private static func load(
        _ code: [Instruction], _ engine: Engine, type: ProgramType = .socketFilter, _ map: Map
    ) throws -> Executable {
        let spec = ProgramSpec(type: type, code: InstructionSequence(code), maps: [1: map.spec])
        return try Executable(Verifier().verify(spec), maps: [1: map], engine: engine)
    }

    private static func run(_ program: Executable, _ packet: [UInt8] = [], _ worker: Worker = Worker()) -> Outcome {
        let value = program.run(on: packet.span, worker: worker)
        return worker.fault.map { .fault("\($0)") } ?? .returned(value)
    }

    // MARK: Where a call goes

    @Test(arguments: Engine.allCases)
    func goesOnThereOrFallsThrough(engine: Engine) throws {
        let map = try Map(Self.array)
        let start: [Instruction] = [.move(.r6, .register(.r1))]
        try map.update(Self.key(2), try Self.load(Self.returns(7), engine, map))
        for (index, expected) in [(2, 7), (1, 99), (4, 99), (-1, 99), (0x7fff_ffff, 99)] as [(Int32, UInt64)] {
            let program = try Self.load(start + Self.call(index) + Self.returns(99), engine, map)
            #expect(Self.run(program) == .returned(expected), "index \(index)")
        }
        // Only the low 32 bits of the index count.
        let wide: [Instruction] = [
            .move(.r1, .register(.r6)), .loadWide(.r2, .map(1)), .loadWide(.r3, .value(0x5_0000_0002)),
            .call(helper: 12),
        ]
        #expect(Self.run(try Self.load(start + wide + Self.returns(99), engine, map)) == .returned(7))
        // What is put in and taken out while programs are there is seen at once.
        let program = try Self.load(start + Self.call(1) + Self.returns(99), engine, map)
        try map.update(Self.key(1), try Self.load(Self.returns(8), engine, map))
        #expect(Self.run(program) == .returned(8))
        try map.delete(Self.key(1))
        #expect(Self.run(program) == .returned(99))
    }

    @Test(arguments: Engine.allCases)
    func handsOnTheContextAndNothingElse(engine: Engine) throws {
        let map = try Map(Self.array)
        let reader: [Instruction] = [
            .load(.word, .r7, .r1, 8), .move(.r6, .register(.r1)), .loadPacket(at: 1, .byte),
            .alu(.add, .r0, .register(.r7)), .exit,
        ]
        try map.update(Self.key(0), try Self.load(reader, engine, map))
        let start: [Instruction] = [.move(.r6, .register(.r1))]
        let program = try Self.load(start + Self.call(0) + Self.returns(99), engine, map)
        var metadata = PacketMetadata()
        metadata.mark = 1000
        let worker = Worker()
        worker.metadata = metadata
        #expect(Self.run(program, [1, 2, 3], worker) == .returned(1002))
        // Nor does a batch leave out what only the callee reads.
        var batch = PacketBatch(capacity: 0)
        batch.storage = [1, 2, 3]
        batch.records = [
            PacketRecord(
                dataOffset: 0, recordOffset: 0, recordLength: 3, nanoseconds: 0, capturedLength: 3, originalLength: 3,
                linkType: .ethernet)
        ]
        var results: [UInt32] = []
        program.run(batch: &batch, results: &results, worker: worker)
        #expect(results == [1002])
    }

    // MARK: The limit

    /// Counts the calls of itself in a map's value, and returns the count when no more are made.
    @Test(arguments: Engine.allCases)
    func thirtyThreeInARow(engine: Engine) throws {
        let programs = try Map(Self.array)
        let counts = try Map(MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
        let code: [Instruction] =
            [
                .move(.r6, .register(.r1)), .loadWide(.r1, .mapValue(2, offset: 0)), .load(.double, .r7, .r1, 0),
                .alu(.add, .r7, 1), .store(.double, .r1, 0, .register(.r7)),
            ] + Self.call(1) + Self.call(0) + [.move(.r0, .register(.r7)), .exit]
        let spec = ProgramSpec(
            type: .socketFilter, code: InstructionSequence(code), maps: [1: Self.array, 2: counts.spec])
        let program = try Executable(Verifier().verify(spec), maps: [1: programs, 2: counts], engine: engine)
        try programs.update(Self.key(0), program)
        let worker = Worker()
        // Calls that fail don't count, and every run begins anew.
        for run in 1...3 as ClosedRange<UInt64> { #expect(Self.run(program, [], worker) == .returned(34 * run)) }
    }

    @Test(arguments: Engine.allCases)
    func functionsReturnWhereTheyWereCalled(engine: Engine) throws {
        let map = try Map(Self.array)
        try map.update(Self.key(0), try Self.load(Self.returns(7), engine, map))
        // The call is made in a function; the callee's result is the function's.
        let code: [Instruction] =
            [.move(.r6, .register(.r1)), .call(.local(2)), .alu(.add, .r0, 1), .exit, .move(.r6, .register(.r1))]
            + Self.call(0) + Self.returns(50)
        let program = try Self.load(code, engine, map)
        #expect(Self.run(program) == .returned(8))
        try map.delete(Self.key(0))
        #expect(Self.run(program) == .returned(51))
    }

    /// Every program of the chain calls through seven functions before it goes on: all frames in use at once.
    @Test(arguments: Engine.allCases)
    func deepestChain(engine: Engine) throws {
        let map = try Map(Self.array)
        var code: [Instruction] = []
        for depth in 0..<7 as Range<Int32> {
            code += [
                .store(.double, .r10, -8, .immediate(depth)), .call(.local(3)), .load(.double, .r2, .r10, -8),
                .alu(.add, .r0, .register(.r2)), .exit,
            ]
        }
        code += [.move(.r6, .register(.r1))] + Self.call(0) + Self.returns(1)
        let program = try Self.load(code, engine, map)
        try map.update(Self.key(0), program)
        // Thirty-four programs add 0 to 6 each.
        #expect(Self.run(program) == .returned(34 * 21 + 1))
    }

    // MARK: Who may call whom

    @Test func programsOfAnArrayAreAlike() throws {
        let map = try Map(Self.array)
        try map.update(Self.key(0), try Self.load(Self.returns(7), .interpreter, map))
        let unlike: [(ProgramType, Engine)] = [(.schedCls, .interpreter), (.socketFilter, .reference)]
        for (type, engine) in unlike {
            let other = try Executable(
                Verifier().verify(ProgramSpec(type: type, code: InstructionSequence(Self.returns(0)))), engine: engine)
            #expect(throws: Errno.invalid) { try map.update(Self.key(1), other) }
            let error = #expect(throws: LoadError.self) { try Self.load(Self.returns(0), engine, type: type, map) }
            #expect(
                error?.description
                    == "map 1 is for programs of another type, with another entry, or on another engine; "
                    + "programs that call each other must be alike")
        }
        let hash = try Map(MapSpec(type: .hash, keySize: 4, valueSize: 4, maxEntries: 1))
        #expect(throws: Errno.invalid) { try hash.update(Self.key(1), try map.executable(at: Self.key(0))) }
        #expect(throws: Errno.noEntry) { try map.executable(at: Self.key(1)) }
        #expect(throws: Errno.tooBig) {
            try map.update(Self.key(4), try Self.load(Self.returns(7), .interpreter, map))
        }
    }
}
