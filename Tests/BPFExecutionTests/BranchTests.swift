import BPFExecution
import BPFModel
import Testing

/// Jumps, calls between functions and exits, on both engines.
@Suite struct BranchTests {
    @Test(arguments: Engine.allCases, BranchCondition.allCases)
    func conditions(engine: Engine, condition: BranchCondition) throws {
        for width in Width.allCases {
            for left in ArithmeticTests.edges {
                for right in ArithmeticTests.edges {
                    let code: InstructionSequence = [
                        .loadWide(.r2, .value(left)), .loadWide(.r3, .value(right)), .move(.r0, 1),
                        .branch(condition, width, .r2, .register(.r3), offset: 1), .move(.r0, 0), .exit,
                    ]
                    let expected: UInt64 = condition.holds(left, right, width: width) ? 1 : 0
                    #expect(try engine.run(code) == .returned(expected), "\(width) \(left) \(right)")
                }
                for right in ArithmeticTests.immediates {
                    let code: InstructionSequence = [
                        .loadWide(.r2, .value(left)), .move(.r0, 1),
                        .branch(condition, width, .r2, .immediate(right), offset: 1), .move(.r0, 0), .exit,
                    ]
                    let operand = UInt64(bitPattern: Int64(right))
                    let expected: UInt64 = condition.holds(left, operand, width: width) ? 1 : 0
                    #expect(try engine.run(code) == .returned(expected), "\(width) \(left) \(right)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func backwardAndLongJumps(engine: Engine) throws {
        let sum: InstructionSequence = [
            .move(.r0, 0), .move(.r1, 100), .alu(.add, .r0, .register(.r1)), .alu(.sub, .r1, 1),
            .jump(if: .notEqual, .r1, 0, skip: -3), .longJump(1), .move(.r0, 0), .jump(0), .exit,
        ]
        #expect(try engine.run(sum) == .returned(5050))
    }

    @Test(arguments: Engine.allCases)
    func jumpsCountSlots(engine: Engine) throws {
        let code: InstructionSequence = [
            .move(.r0, 7), .jump(3), .loadWide(.r0, .value(1)), .move(.r0, 2), .loadWide(.r3, .value(1 << 40)), .exit,
        ]
        #expect(try engine.run(code) == .returned(7))
    }

    @Test(arguments: Engine.allCases)
    func callsKeepCalleeSavedRegistersAndStack(engine: Engine) throws {
        let code: InstructionSequence = [
            .move(.r6, 6), .move(.r7, 7), .move(.r8, 8), .move(.r9, 9), .store(.double, .r10, -8, 42), .move(.r1, 3),
            .call(.local(6)),
            .alu(.add, .r0, .register(.r6)), .alu(.add, .r0, .register(.r9)), .load(.double, .r2, .r10, -8),
            .alu(.add, .r0, .register(.r2)), .exit, .exit,
            // The function: doubles its argument, and writes over everything.
            .move(.r6, 0), .move(.r9, 0), .store(.double, .r10, -8, 1), .move(.r0, .register(.r1)),
            .alu(.add, .r0, .register(.r1)), .exit,
        ]
        #expect(try engine.run(code) == .returned(6 + 6 + 9 + 42))
    }

    @Test(arguments: Engine.allCases, [1, 3, 7])
    func nestedCalls(engine: Engine, depth: Int) throws {
        // A function that calls itself r1 times and counts.
        let code: InstructionSequence = [
            .move(.r1, .immediate(Int32(depth))), .call(.local(1)), .exit,
            .move(.r0, 1), .alu(.sub, .r1, 1), .jump(if: .equal, .r1, 0, skip: 2), .call(.local(-4)),
            .alu(.add, .r0, 1), .exit,
        ]
        #expect(try engine.run(code) == .returned(UInt64(depth)))
    }

    @Test(arguments: Engine.allCases)
    func packetLoadInAFunctionReturnsFromItWithZero(engine: Engine) throws {
        let code: InstructionSequence = [
            .call(.local(2)), .alu(.add, .r0, 5), .exit,
            .move(.r6, .register(.r1)), .loadPacket(at: 100, .word), .move(.r0, 77), .exit,
        ]
        #expect(try engine.run(code, packet: [1, 2, 3]) == .returned(5))
    }

    @Test(arguments: Engine.allCases)
    func constantExits(engine: Engine) throws {
        #expect(try engine.run([.move(.r0, -1), .exit]) == .returned(.max))
        #expect(try engine.run([.alu32(.mov, .r0, -1), .exit]) == .returned(0xffff_ffff))
        #expect(try engine.run([.loadWide(.r0, .value(1 << 63)), .exit]) == .returned(1 << 63))
        #expect(
            try engine.run([.move(.r0, 1), .jump(if: .equal, .r0, 1, skip: 1), .move(.r0, 5), .exit]) == .returned(1),
            "an exit that is jumped to isn't joined with the move before it")
    }
}
