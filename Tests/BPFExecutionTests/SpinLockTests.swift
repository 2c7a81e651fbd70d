import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import Testing

/// Programs that take turns at a map's value.
@Suite struct SpinLockTests {
    /// A lock, then two numbers that are always equal while nobody holds the lock.
    private static var spec: MapSpec {
        var spec = MapSpec(type: .array, keySize: 4, valueSize: 24, maxEntries: 2)
        spec.spinLock = 4
        return spec
    }

    /// Adds 1 to both numbers, one after the other, and returns their difference.
    private static let count: InstructionSequence = [
        .store(.word, .r10, -4, 1), .loadWide(.r1, .map(1)), .move(.r2, .register(.r10)), .alu(.add, .r2, -4),
        .call(helper: 1), .jump(if: .equal, .r0, 0, skip: 14), .move(.r6, .register(.r0)),
        .move(.r1, .register(.r6)), .alu(.add, .r1, 4), .call(helper: 93),
        .load(.double, .r7, .r6, 8), .alu(.add, .r7, 1), .store(.double, .r6, 8, .register(.r7)),
        .load(.double, .r8, .r6, 16), .alu(.add, .r8, 1), .store(.double, .r6, 16, .register(.r8)),
        .move(.r1, .register(.r6)), .alu(.add, .r1, 4), .call(helper: 94), .alu(.sub, .r7, .register(.r8)),
        .move(.r0, .register(.r7)), .exit,
    ]

    private static func load(_ engine: Engine, _ map: Map) throws -> Executable {
        let spec = ProgramSpec(type: .schedCls, code: Self.count, maps: [1: map.spec])
        return switch engine {
        case .reference: try Executable(unverified: spec, maps: [1: map])
        case .interpreter: try Executable(.unproven(spec, entry: .context), maps: [1: map])
        }
    }

    private static func number(_ value: [UInt8], at offset: Int) -> UInt64 {
        value[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test func threadsTakeTurns() async throws {
        let map = try Map(Self.spec)
        let rounds: [(Engine, Int)] = [(.interpreter, 20_000), (.interpreter, 20_000), (.reference, 500)]
        let programs = try rounds.map { try Self.load($0.0, map) }
        let torn = await withTaskGroup(of: Int.self) { group in
            for (index, (_, count)) in rounds.enumerated() {
                let program = programs[index]
                group.addTask {
                    let worker = Worker(id: UInt32(index))
                    var torn = 0
                    for _ in 0..<count where program.run(on: [UInt8]().span, worker: worker) != 0 { torn += 1 }
                    return torn
                }
            }
            return await group.reduce(0, +)
        }
        #expect(torn == 0)
        let value = try map.lookup([1, 0, 0, 0])
        #expect(Self.number(value, at: 8) == 40_500 && Self.number(value, at: 16) == 40_500)
        #expect(Array(value[4..<8]) == [0, 0, 0, 0], "nobody holds the lock")
    }

    @Test func onlyLocksAreLocked() throws {
        let map = try Map(Self.spec)
        let wrong: InstructionSequence = [
            .loadWide(.r1, .mapValue(1, offset: 8)), .call(helper: 93), .move(.r0, 0), .exit,
        ]
        #expect(
            try Engine.reference.run(wrong, maps: [1: map])
                == .fault("instruction 1: argument 1 of bpf_spin_lock must be a spin lock"))
    }

    static let wrongUses: [(code: InstructionSequence, text: String)] = [
        (
            [
                .loadWide(.r1, .mapValue(1, offset: 4)), .call(helper: 93), .loadWide(.r1, .mapValue(1, offset: 28)),
                .call(helper: 93), .move(.r0, 0), .exit,
            ], "instruction 3: a lock is taken while another one is held"
        ),
        (
            [.loadWide(.r1, .mapValue(1, offset: 4)), .call(helper: 94), .move(.r0, 0), .exit],
            "instruction 1: a lock is given back that is not held"
        ),
        (
            [.loadWide(.r1, .mapValue(1, offset: 4)), .call(helper: 93), .move(.r0, 0), .exit],
            "instruction 3: the program ends with a lock that it holds"
        ),
    ]

    /// A program that is stopped leaves no lock behind.
    @Test(arguments: wrongUses)
    func misuse(code: InstructionSequence, text: String) throws {
        let map = try Map(Self.spec)
        for _ in 0..<2 { #expect(try Engine.reference.run(code, maps: [1: map]) == .fault(text)) }
    }
}
