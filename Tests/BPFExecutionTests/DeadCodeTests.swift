import BPFExecution
import BPFModel
import BPFVerifier
import Testing

/// What the proof found dead is not lowered, and what it found unwritten is cleared.
@Suite struct DeadCodeTests {
    private static func listing(_ code: InstructionSequence) throws -> [Substring] {
        let program = try Executable(Verifier().verify(ProgramSpec(type: .socketFilter, code: code)))
        return (program.listing ?? "").split(separator: "\n").map { $0.split(separator: " ")[2] }
    }

    struct Case: Sendable {
        let code: InstructionSequence
        /// The operations, without the exit that every program ends with.
        let operations: [String]
    }

    static let cases: [Case] = [
        // Jumps that go one way, and what is behind them.
        Case(
            code: [.move(.r1, 5), .jump(if: .equal, .r1, 5, skip: 2), .move(.r0, 1), .exit, .move(.r0, 2), .exit],
            operations: ["mov64I", "exitWith"]),
        Case(
            code: [.move(.r1, 5), .jump(if: .equal, .r1, 6, skip: 2), .move(.r0, 1), .exit, .move(.r0, 2), .exit],
            operations: ["mov64I", "exitWith"]),
        // A jump that goes both ways stays.
        Case(
            code: [
                .load(.word, .r2, .r1, 0), .jump(if: .equal, .r2, 6, skip: 2), .move(.r0, 1), .exit, .move(.r0, 2),
                .exit,
            ], operations: ["load32Equal", "exitWith", "exitWith"]),
        // A jump over dead code becomes one to the next operation, and none.
        Case(
            code: [
                .move(.r0, 3), .jump(if: .notEqual, .r0, 3, skip: 1), .jump(2), .move(.r0, 1), .move(.r0, 2),
                .alu(.add, .r0, 1), .exit,
            ],
            operations: ["mov64I", "add64I", "exit"]),
    ]

    @Test(arguments: cases)
    func lowered(test: Case) throws {
        #expect(try Self.listing(test.code) == (test.operations + ["exitWith"]).map { $0[...] })
        let spec = ProgramSpec(type: .socketFilter, code: test.code)
        let results = try Engine.allCases.map { engine in
            try Executable(Verifier().verify(spec), engine: engine).run(on: [1, 2, 3].span, worker: Worker())
        }
        #expect(Set(results).count == 1)
    }

    // MARK: Stack that was never written

    /// Leaves ones on the stack, in its own frame and in that of a function.
    private static let dirty: InstructionSequence = [
        .store(.double, .r10, -8, -1), .store(.double, .r10, -16, -1), .call(.local(2)), .move(.r0, 0), .exit,
        .store(.double, .r10, -8, -1), .store(.double, .r10, -16, -1), .exit,
    ]

    static let readers: [InstructionSequence] = [
        [.load(.double, .r0, .r10, -8), .exit],
        [.store(.word, .r10, -8, 0), .load(.double, .r0, .r10, -8), .exit],
        // Only on one of two paths that meet.
        [
            .load(.word, .r2, .r1, 0), .move(.r3, 1), .jump(if: .equal, .r2, 77, skip: 1),
            .store(.double, .r10, -8, 5), .move(.r4, 1), .move(.r4, 1), .move(.r4, 1), .move(.r4, 1), .move(.r4, 1),
            .jump(if: .equal, .r2, 78, skip: 0), .load(.double, .r0, .r10, -8), .exit,
        ],
        // In a function, and of the caller's frame.
        [.call(.local(1)), .exit, .load(.double, .r0, .r10, -16), .exit],
        [
            .move(.r1, .register(.r10)), .call(.local(1)), .exit, .load(.double, .r0, .r1, -16), .exit,
        ],
    ]

    @Test(arguments: readers.indices)
    func unwrittenStackIsZero(index: Int) throws {
        let spec = ProgramSpec(type: .socketFilter, code: Self.readers[index])
        let verified = try Verifier().verify(spec)
        #expect(verified.facts.mayReadUnwrittenStack)
        let packet = [UInt8](repeating: 0, count: 77)
        for engine in Engine.allCases {
            let worker = Worker()
            let dirty = try Executable(
                Verifier().verify(ProgramSpec(type: .socketFilter, code: Self.dirty)), engine: engine)
            #expect(dirty.run(on: packet.span, worker: worker) == 0)
            let program = try Executable(verified, engine: engine)
            #expect(program.run(on: packet.span, worker: worker) == 0, "\(engine)")
            #expect(worker.fault == nil)
        }
    }

    @Test func programsThatWriteFirstPayNothing() throws {
        let spec = ProgramSpec(
            type: .socketFilter, code: [.store(.double, .r10, -8, 5), .load(.double, .r0, .r10, -8), .exit])
        #expect(try !Verifier().verify(spec).facts.mayReadUnwrittenStack)
        #expect(try Self.listing(spec.code) == ["store64I", "load64", "exit", "exitWith"])
    }
}
