import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import TestKit
import Testing

/// Random programs that loop, walk over maps and go on in each other give the same on both engines.
@Suite struct ControlPropertyTests {
    /// Code with calls whose targets are known when all functions are laid out.
    private struct Draft {
        /// The main program, without the function addresses.
        var code: [Instruction] = []
        /// Which instructions load the address of which function.
        var addresses: [(instruction: Int, function: Int)] = []
        var functions: [[Instruction]] = []

        func sequence() -> InstructionSequence {
            var code = code
            var starts: [Int] = []
            for function in functions {
                starts.append(InstructionSequence(code).slotCount)
                code += function
            }
            let layout = InstructionSequence(code)
            for (instruction, function) in addresses {
                let offset = starts[function] - layout.slot(of: instruction) - 1
                code[instruction] = .loadWide(.r2, .function(Int32(offset)))
            }
            return InstructionSequence(code)
        }
    }

    private static let operations: [ALUOperation] = [.add, .sub, .xor, .or, .mul]

    /// Changes the double word at `place` by some numbers and by the callback's arguments.
    private static func change(
        _ place: Register, arguments: [Register], _ random: inout SeededRandom
    ) -> [Instruction] {
        var code: [Instruction] = [.load(.double, .r7, place, 0)]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let operation = operations.randomElement(using: &random) ?? .add
            if let argument = arguments.randomElement(using: &random), Bool.random(using: &random) {
                code.append(.alu(operation, .r7, .register(argument)))
            } else {
                code.append(.alu(operation, .r7, .immediate(Int32.random(in: -9...99, using: &random))))
            }
        }
        return code + [.store(.double, place, 0, .register(.r7))]
    }

    /// Ends a callback: stops where some bit of the double word is set, or never.
    private static func end(_ random: inout SeededRandom) -> [Instruction] {
        guard Bool.random(using: &random) else { return [.move(.r0, 0), .exit] }
        return [
            .move(.r0, .register(.r7)), .alu(.rsh, .r0, .immediate(Int32.random(in: 0...6, using: &random))),
            .alu(.and, .r0, 1), .exit,
        ]
    }

    private static func loop(_ draft: inout Draft, _ random: inout SeededRandom) {
        draft.functions.append(
            [.move(.r6, .register(.r2))] + change(.r6, arguments: [.r1], &random) + end(&random))
        draft.code.append(.move(.r1, .immediate(Int32.random(in: 0...9, using: &random))))
        draft.addresses.append((draft.code.count, draft.functions.count - 1))
        draft.code += [
            .loadWide(.r2, .function(0)), .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, 0),
            .call(helper: 181), .alu(.add, .r9, .register(.r0)),
        ]
    }

    private static func walk(_ draft: inout Draft, _ random: inout SeededRandom) {
        var function: [Instruction] = [
            .move(.r6, .register(.r4)), .load(.word, .r8, .r2, 0), .load(.double, .r9, .r3, 0),
        ]
        function += change(.r6, arguments: [.r8, .r9], &random)
        if Bool.random(using: &random) { function.append(.store(.double, .r3, 0, .register(.r7))) }
        draft.functions.append(function + end(&random))
        draft.code.append(.loadWide(.r1, .map(2)))
        draft.addresses.append((draft.code.count, draft.functions.count - 1))
        draft.code += [
            .loadWide(.r2, .function(0)), .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, 0),
            .call(helper: 164), .alu(.xor, .r9, .register(.r0)),
        ]
    }

    private static func tailCall(_ draft: inout Draft, _ random: inout SeededRandom) {
        draft.code += [
            .move(.r1, .register(.r6)), .loadWide(.r2, .map(1)),
            .move(.r3, .immediate(Int32.random(in: 0...5, using: &random))), .call(helper: 12),
        ]
    }

    private static func program(_ random: inout SeededRandom) -> InstructionSequence {
        var draft = Draft()
        draft.code = [
            .move(.r6, .register(.r1)), .move(.r9, 0),
            .store(.double, .r10, -8, .immediate(Int32.random(in: 0...99, using: &random))),
        ]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0...2, using: &random) {
            case 0: loop(&draft, &random)
            case 1: walk(&draft, &random)
            default: tailCall(&draft, &random)
            }
        }
        draft.code += [.load(.double, .r0, .r10, -8), .alu(.add, .r0, .register(.r9)), .exit]
        return draft.sequence()
    }

    /// What all programs of a set return one after the other, and what is in their map then.
    private static func run(_ codes: [InstructionSequence], _ engine: Engine) throws -> [String] {
        let programs = try Map(MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 5))
        let values = try Map(
            MapSpec(type: .hash, keySize: 4, valueSize: 8, maxEntries: 8), options: MapOptions(seed: 3))
        for number in 0..<6 as Range<UInt8> {
            try values.update([number, 0, 0, 0], [3 * number, 1, 0, 0, 0, 0, 0, 0])
        }
        let maps: [Int32: Map] = [1: programs, 2: values]
        let executables = try codes.map { code in
            let spec = ProgramSpec(type: .socketFilter, code: code, maps: maps.mapValues(\.spec))
            return try Executable(Verifier().verify(spec), maps: maps, engine: engine)
        }
        for (index, executable) in executables.enumerated() {
            try programs.update([UInt8(index), 0, 0, 0], executable)
        }
        let worker = Worker()
        var results: [String] = []
        for executable in executables {
            #expect(executable.engine == engine)
            let value = executable.run(on: [1, 2, 3].span, worker: worker)
            results.append(worker.fault.map { "\($0)" } ?? "\(value)")
        }
        for number in 0..<6 as Range<UInt8> { results.append("\(try values.lookup([number, 0, 0, 0]))") }
        return results
    }

    @Test func enginesAgree() throws {
        let seed: UInt64 = 0x5eed_c0de
        var random = SeededRandom(seed: seed)
        for round in 0..<150 {
            let codes = (0..<4).map { _ in Self.program(&random) }
            let reference = try Self.run(codes, .reference)
            let interpreted = try Self.run(codes, .interpreter)
            #expect(reference == interpreted, "round \(round) of seed \(seed): \(codes)")
            #expect(!reference.contains { $0.hasPrefix("instruction") }, "round \(round) of seed \(seed)")
        }
    }
}
