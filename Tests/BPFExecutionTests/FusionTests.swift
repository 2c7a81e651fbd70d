import BPFExecution
import BPFModel
import BPFVerifier
import Testing

/// Sequences that lowering joins give what their instructions give one by one, and are joined only where they may be.
@Suite struct FusionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: [Instruction]
        /// The operations expected in the listing, all of them or the first few.
        let operations: [String]
        var testDescription: String { operations.joined(separator: " ") }

        init(_ operations: [String], _ code: [Instruction]) {
            self.code = code
            self.operations = operations
        }
    }

    /// Programs on sixteen bytes of memory behind `r1`.
    static let cases: [Case] = [
        Case(
            ["lea", "mov64R"],
            [
                .move(.r2, .register(.r1)), .alu(.add, .r2, -3), .move(.r0, .register(.r2)),
                .alu(.sub, .r0, .register(.r1)),
                .exit,
            ]),
        Case(
            ["mov64I", "mov64I", "leaGreater", "mov64I", "add64R"],
            [
                .move(.r0, 0), .move(.r4, 100), .move(.r3, .register(.r4)), .alu(.add, .r3, 5),
                .jump(if: .greater, .r3, .register(.r4), skip: 1), .move(.r0, 1), .alu(.add, .r0, .register(.r3)),
                .exit,
            ]
        ),
        Case(
            ["mov64I", "leaGreater"],
            [
                .move(.r4, 100), .move(.r3, .register(.r4)), .alu(.add, .r3, -5),
                .jump(if: .greater, .r3, .register(.r4), skip: 1), .alu(.add, .r3, 1000), .move(.r0, .register(.r3)),
                .exit,
            ]),
        Case(
            ["mov64I", "mov64I", "move2", "sub64R", "exit"],
            [
                .move(.r2, 9), .move(.r3, 4), .move(.r0, .register(.r2)), .move(.r2, .register(.r3)),
                .alu(.sub, .r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "move2"],
            [.move(.r2, 9), .move(.r3, .register(.r2)), .move(.r0, .register(.r3)), .exit]),
        Case(
            ["mov64I", "mov64I", "store32Pair", "load64", "exit"],
            [
                .move(.r2, 9), .move(.r3, 4), .store(.word, .r1, 4, .register(.r2)),
                .store(.word, .r1, 0, .register(.r3)),
                .load(.double, .r0, .r1, 0), .exit,
            ]),
        Case(
            ["addToMemoryI", "load64AddR", "exit"],
            [
                .load(.double, .r2, .r1, 8), .alu(.add, .r2, -1), .store(.double, .r1, 8, .register(.r2)),
                .load(.double, .r0, .r1, 8), .alu(.add, .r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "addToMemoryR", "load64AddR", "exit"],
            [
                .move(.r3, 77), .load(.double, .r2, .r1, 8), .alu(.add, .r2, .register(.r3)),
                .store(.double, .r1, 8, .register(.r2)), .load(.double, .r0, .r1, 8), .alu(.add, .r0, .register(.r2)),
                .exit,
            ]),
        Case(
            ["load64AddI", "store64R", "load64", "exit"],
            [
                .load(.double, .r2, .r1, 8), .alu(.add, .r2, 5), .store(.double, .r1, 0, .register(.r2)),
                .load(.double, .r0, .r1, 0), .exit,
            ]),
        Case(
            ["mov64I", "load64AddR", "mov64R"],
            [
                .move(.r3, 77), .load(.double, .r2, .r1, 8), .alu(.add, .r2, .register(.r3)),
                .move(.r0, .register(.r2)),
                .exit,
            ]),
        Case(
            ["load64", "add64R", "mov64R"],
            [.load(.double, .r2, .r1, 8), .alu(.add, .r2, .register(.r2)), .move(.r0, .register(.r2)), .exit]),
        Case(
            ["load32Equal", "add64I", "exit"],
            [.load(.word, .r0, .r1, 4), .jump(if: .equal, .r0, 0x0706_0504, skip: 1), .alu(.add, .r0, 1), .exit]),
        Case(
            ["load32NotEqual", "add64I", "exit"],
            [.load(.word, .r0, .r1, 4), .jump32(if: .notEqual, .r0, 0x0706_0504, skip: 1), .alu(.add, .r0, 1), .exit]),
        Case(
            ["load32", "equal64I", "add64I", "exit"],
            [.load(.word, .r0, .r1, 4), .jump(if: .equal, .r0, -1, skip: 1), .alu(.add, .r0, 1), .exit]),
        Case(
            ["load8Equal", "add64I", "exit"],
            [.load(.byte, .r0, .r1, 4), .jump(if: .equal, .r0, 4, skip: 1), .alu(.add, .r0, 1), .exit]),
        Case(
            ["load8NotEqual", "add64I", "exit"],
            [.load(.byte, .r0, .r1, 4), .jump(if: .notEqual, .r0, 5, skip: 1), .alu(.add, .r0, 1), .exit]),
        Case(
            ["load32SwappedEqual", "add64I", "exit"],
            [
                .load(.word, .r0, .r1, 4), .byteSwap(.bigEndian, .bits32, .r0),
                .jump32(if: .equal, .r0, 0x0405_0607, skip: 1), .alu(.add, .r0, 1), .exit,
            ]),
        Case(
            ["load32SwappedNotEqual", "add64I", "exit"],
            [
                .load(.word, .r0, .r1, 4), .byteSwap(.swap, .bits32, .r0),
                .jump(if: .notEqual, .r0, 0x0405_0607, skip: 1),
                .alu(.add, .r0, 1), .exit,
            ]),
        Case(
            ["mov64I", "equalEither64", "add64I", "mov64R"],
            [
                .move(.r2, 9), .jump(if: .equal, .r2, 8, skip: 2), .jump(if: .equal, .r2, 9, skip: 1),
                .alu(.add, .r2, 1),
                .move(.r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "equalEither64", "add64I", "mov64R"],
            [
                .loadWide(.r2, .value(0x1_0000_0008)), .jump(if: .equal, .r2, 8, skip: 2),
                .jump(if: .equal, .r2, 9, skip: 1), .alu(.add, .r2, 1), .move(.r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "equalEither32", "add64I", "mov64R"],
            [
                .loadWide(.r2, .value(0x1_ffff_fff8)), .jump32(if: .equal, .r2, 8, skip: 2),
                .jump32(if: .equal, .r2, -8, skip: 1), .alu(.add, .r2, 1), .move(.r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "equal64I", "equal64I", "add64I"],
            [
                .move(.r2, -1), .jump(if: .equal, .r2, 8, skip: 2), .jump(if: .equal, .r2, -1, skip: 1),
                .alu(.add, .r2, 1), .move(.r0, .register(.r2)), .exit,
            ]),
        Case(
            ["mov64I", "equal64I", "equal64I", "add64I"],
            [
                .move(.r2, 9), .jump(if: .equal, .r2, 8, skip: 2), .jump(if: .equal, .r2, 9, skip: 0),
                .alu(.add, .r2, 1), .move(.r0, .register(.r2)), .exit,
            ]),
        // A jump to a constant exit is one, and a jump to a jump goes where that goes.
        Case(
            ["load8Equal", "exitWith", "exitWith", "exitWith", "exitWith"],
            [
                .load(.byte, .r2, .r1, 4), .jump(if: .equal, .r2, 4, skip: 1), .jump(1), .jump(2), .move(.r0, 1), .exit,
                .move(.r0, 2), .exit,
            ]),
        // Something jumps between the instructions.
        Case(
            ["move2", "mov64I", "add64I", "sub64I"],
            [
                .move(.r3, .register(.r1)), .move(.r2, .register(.r1)), .move(.r5, 2), .alu(.add, .r2, 8),
                .alu(.sub, .r5, 1), .jump(if: .notEqual, .r5, 0, skip: -3), .move(.r0, .register(.r2)),
                .alu(.sub, .r0, .register(.r3)), .exit,
            ]),
        Case(
            ["mov64I", "mov64I", "load64", "add64I", "store64R"],
            [
                .move(.r5, 2), .move(.r4, 0), .load(.double, .r2, .r1, 8), .alu(.add, .r2, 8),
                .store(.double, .r1, 8, .register(.r2)), .alu(.sub, .r5, 1), .jump(if: .notEqual, .r5, 0, skip: -4),
                .move(.r0, .register(.r2)), .exit,
            ]),
    ]

    @Test(arguments: cases)
    func joined(_ test: Case) throws {
        let code = InstructionSequence(test.code)
        var memories = [[UInt8]](repeating: (0..<16).map { UInt8($0) }, count: 2)
        let reference = try Engine.reference.run(code, memory: &memories[0])
        let interpreted = try Engine.interpreter.run(code, memory: &memories[1])
        #expect(interpreted == reference)
        #expect(memories[0] == memories[1])
        guard case .returned = reference else {
            Issue.record("the case is wrong: \(reference)")
            return
        }
        let program = VerifiedProgram.unproven(
            ProgramSpec(type: .socketFilter, code: code), entry: .memory(size: 16))
        let listing = try Executable(program).listing ?? ""
        let names = listing.split(separator: "\n").map { String($0.split(separator: " ")[2]) }
        #expect(Array(names.prefix(test.operations.count)) == test.operations)
    }
}
