import BPFExecution
import BPFMaps
import BPFModel
import Testing

/// Each helper on both engines, failures included.
@Suite struct HelperTests {
    private static let packet: [UInt8] = (0..<30).map { UInt8($0 + 100) }

    // MARK: Maps

    /// Calls a map helper with the 4-byte key 5 and the 8-byte value 77 on the stack.
    private static func call(_ helper: Int32, flags: Int32 = 0) -> [Instruction] {
        [
            .store(.word, .r10, -4, 5), .store(.double, .r10, -16, 77), .loadWide(.r1, .map(1)),
            .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .move(.r3, .register(.r10)), .alu(.add, .r3, -16),
            .move(.r4, .immediate(flags)), .call(helper: helper),
        ]
    }

    private static func negative(_ errno: Errno) -> Outcome { .returned(errno.helperResult) }

    @Test(arguments: Engine.allCases, [MapType.hash, .array])
    func mapHelpers(engine: Engine, type: MapType) throws {
        let map = try Map(
            MapSpec(type: type, keySize: 4, valueSize: 8, maxEntries: type == .array ? 8 : 1),
            options: MapOptions(seed: 1))
        func run(_ code: [Instruction]) throws -> Outcome {
            try engine.run(InstructionSequence(code + [.exit]), maps: [1: map])
        }
        let lookup = Self.call(1) + [.jump(if: .equal, .r0, 0, skip: 1), .load(.double, .r0, .r0, 0)]
        let key: [UInt8] = [5, 0, 0, 0]
        #expect(try run(lookup) == .returned(0))
        if type == .hash {
            #expect(try run(Self.call(3)) == Self.negative(.noEntry))
            #expect(try run(Self.call(2, flags: 2)) == Self.negative(.noEntry))
        }
        #expect(try run(Self.call(2)) == .returned(0))
        #expect(try map.lookup(key) == [77, 0, 0, 0, 0, 0, 0, 0])
        #expect(try run(lookup) == .returned(77))
        #expect(try run(Self.call(2, flags: 1)) == Self.negative(.exists))
        #expect(try run(Self.call(2, flags: 2)) == .returned(0))
        #expect(try run(Self.call(2, flags: 3)) == Self.negative(.invalid))
        // What a program writes through the address it looked up, everybody sees.
        let count =
            Self.call(1) + [
                .move(.r2, 1), .atomic(.modify(.add, fetch: false), .double, base: .r0, offset: 0, source: .r2),
            ] + [.move(.r0, 0)]
        for _ in 0..<3 { #expect(try run(count) == .returned(0)) }
        #expect(try map.lookup(key) == [80, 0, 0, 0, 0, 0, 0, 0])
        if type == .hash {
            try map.delete(key)
            try map.update([9, 9, 9, 9], [0, 0, 0, 0, 0, 0, 0, 0])
            #expect(try run(Self.call(2)) == Self.negative(.tooBig))
        } else {
            #expect(try run(Self.call(3)) == Self.negative(.invalid))
        }
    }

    // MARK: Time and chance

    @Test(arguments: Engine.allCases)
    func time(engine: Engine) throws {
        let code: InstructionSequence = [.call(helper: 5), .exit]
        var metadata = PacketMetadata()
        metadata.nanoseconds = 1_234_567_890_123
        #expect(try engine.run(code, packet: [], metadata: metadata) == .returned(1_234_567_890_123))
        #expect(
            try engine.run(code, packet: [], metadata: metadata, worker: Worker(clock: .fixed(99))) == .returned(99))
        guard case .returned(let first) = try engine.run(code, packet: [], worker: Worker(clock: .monotonic)),
            case .returned(let second) = try engine.run(code, packet: [], worker: Worker(clock: .monotonic))
        else { return }
        #expect(first > 0 && second >= first)
    }

    @Test func randomNumbersFollowFromTheSeed() throws {
        let code: InstructionSequence = [.call(helper: 7), .exit]
        func sequence(_ engine: Engine, seed: UInt64) throws -> [Outcome] {
            let worker = Worker(seed: seed)
            return try (0..<20).map { _ in try engine.run(code, packet: [], worker: worker) }
        }
        let one = try sequence(.interpreter, seed: 1)
        #expect(try sequence(.reference, seed: 1) == one)
        #expect(try sequence(.interpreter, seed: 2) != one)
        #expect(Set(one.map(\.description)).count == 20)
        for case .returned(let value) in one { #expect(value <= UInt32.max) }
    }

    @Test(arguments: Engine.allCases)
    func workerNumber(engine: Engine) throws {
        #expect(try engine.run([.call(helper: 8), .exit], packet: [], worker: Worker(id: 3)) == .returned(3))
    }

    // MARK: Packet bytes

    struct Load: Sendable {
        let helper: Int32
        let offset: Int64
        let size: Int32
        var header: Int32 = 0
        /// The offset of the bytes expected, or nil for a failure.
        let from: Int?
    }

    static let loads: [Load] = [
        Load(helper: 26, offset: 0, size: 8, from: 0),
        Load(helper: 26, offset: 22, size: 8, from: 22),
        Load(helper: 26, offset: 23, size: 8, from: nil),
        Load(helper: 26, offset: 29, size: 1, from: 29),
        Load(helper: 26, offset: 30, size: 1, from: nil),
        Load(helper: 26, offset: -1, size: 8, from: nil),
        Load(helper: 26, offset: 0x7fff_ffff, size: 8, from: nil),
        Load(helper: 26, offset: 0x1_0000_0002, size: 4, from: 2),
        Load(helper: 68, offset: 0, size: 8, header: 0, from: 0),
        Load(helper: 68, offset: 0, size: 8, header: 1, from: 14),
        Load(helper: 68, offset: 8, size: 8, header: 1, from: 22),
        Load(helper: 68, offset: 9, size: 8, header: 1, from: nil),
        Load(helper: 68, offset: 0, size: 8, header: 2, from: nil),
        Load(helper: 68, offset: 0, size: 8, header: -1, from: nil),
        Load(helper: 68, offset: 0x10000, size: 1, header: 0, from: nil),
        Load(helper: 68, offset: -1, size: 1, header: 1, from: nil),
    ]

    @Test(arguments: Engine.allCases, loads)
    func loadBytes(engine: Engine, load: Load) throws {
        // Returns the first 8 stack bytes, or the helper's result where it failed and left zeros.
        let code: InstructionSequence = [
            .loadWide(.r2, .value(UInt64(bitPattern: load.offset))), .store(.double, .r10, -8, -1),
            .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, .immediate(load.size)),
            .move(.r5, .immediate(load.header)), .call(helper: load.helper), .load(.double, .r2, .r10, -8),
            .jump(if: .equal, .r0, 0, skip: 1), .alu(.sub, .r2, .register(.r0)), .move(.r0, .register(.r2)), .exit,
        ]
        var bytes = [UInt8](repeating: 0xff, count: 8)
        for index in 0..<Int(load.size) { bytes[index] = load.from.map { Self.packet[$0 + index] } ?? 0 }
        var expected = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if load.from == nil { expected &-= Errno.fault.helperResult }
        #expect(try engine.run(code, packet: Self.packet) == .returned(expected))
    }
}
