import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import TestKit
import Testing

/// How long programs live that are in maps: as long as someone may run them, and no longer.
@Suite struct ObjectLifetimeTests {
    private static let array = MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 2)
    private static let first: [UInt8] = [0, 0, 0, 0]

    /// Returns what the program at index 0 returns, or 99.
    private static let caller: InstructionSequence = [
        .loadWide(.r2, .map(1)), .move(.r3, 0), .call(helper: 12), .move(.r0, 99), .exit,
    ]

    private static func load(
        _ code: InstructionSequence, _ map: Map?, _ engine: Engine = .interpreter
    ) throws -> Executable {
        let maps: [Int32: Map] = map.map { [1: $0] } ?? [:]
        let spec = ProgramSpec(type: .socketFilter, code: code, maps: maps.mapValues(\.spec))
        return try Executable(Verifier().verify(spec), maps: maps, engine: engine)
    }

    private static func constant(_ value: Int32, _ engine: Engine = .interpreter) throws -> Executable {
        try load([.move(.r0, .immediate(value)), .exit], nil, engine)
    }

    private static func run(_ program: Executable, _ worker: Worker = Worker()) -> UInt64 {
        program.run(on: [UInt8]().span, worker: worker)
    }

    /// A program and an array that name each other go when nobody else names them.
    @Test(arguments: Engine.allCases)
    func cyclesGo(engine: Engine) throws {
        weak var gone: Executable?
        do {
            let map = try Map(Self.array)
            let program = try Self.load(Self.caller, map, engine)
            try map.update(Self.first, program)
            gone = program
            #expect(Self.run(program) == 99)
        }
        #expect(eventually { gone == nil })
    }

    /// When its last user lets go of an array, it is empty for the programs that use it.
    @Test(arguments: Engine.allCases)
    func arraysEmptyWithTheirLastUser(engine: Engine) throws {
        var map: Map? = try Map(Self.array)
        let program = try Self.load(Self.caller, map, engine)
        try map?.update(Self.first, Self.constant(7, engine))
        #expect(Self.run(program) == 7)
        map = nil
        #expect(Self.run(program) == 99)
    }

    /// What is replaced or removed goes at once where nobody runs.
    @Test func replacedProgramsGo() throws {
        let map = try Map(Self.array)
        weak var old: Executable?
        do {
            let program = try Self.constant(7)
            try map.update(Self.first, program)
            try map.update([1, 0, 0, 0], program)
            old = program
        }
        try map.update(Self.first, Self.constant(8))
        #expect(old != nil, "it is still in another slot")
        try map.delete([1, 0, 0, 0])
        #expect(eventually { old == nil })
    }

    /// A run that began before a program was removed may have found it: it stays until the run has ended.
    @Test func programsOutliveTheRunsThatMayHaveFoundThem() throws {
        let map = try Map(Self.array)
        let program = try Self.load(Self.caller, map, .reference)
        weak var callee: Executable?
        do {
            let constant = try Self.constant(7, .reference)
            try map.update(Self.first, constant)
            callee = constant
        }
        let worker = Worker()
        var wasThere: [Bool] = []
        worker.observer = { instruction, _ in
            if instruction == 1 { try? map.delete(Self.first) }
            if instruction >= 1 { wasThere.append(callee != nil) }
        }
        #expect(Self.run(program, worker) == 99)
        #expect(wasThere == [true, true, true, true])
        #expect(eventually { callee == nil })
    }

    /// Programs are replaced while others call them: every call finds one of them, whole.
    @Test func replacingWhileRunning() async throws {
        let map = try Map(Self.array)
        try map.update(Self.first, Self.constant(0))
        let program = try Self.load(Self.caller, map)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let worker = Worker()
                    var wrong = 0
                    for _ in 0..<20_000 where Self.run(program, worker) >= 99 { wrong += 1 }
                    return wrong
                }
            }
            group.addTask {
                for round in 0..<500 as Range<Int32> {
                    guard let next = try? Self.constant(round % 90), (try? map.update(Self.first, next)) != nil else {
                        return 1
                    }
                }
                return 0
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
