import BPFExecution
import BPFMaps
import BPFModel
import Testing

/// Records and printed lines reach the host, and what the verifier would prove is checked by the reference engine.
@Suite struct RecordTests {
    private static func ring() throws -> Map {
        try Map(MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096))
    }

    private static func records(of map: Map) throws -> [MapRecord] {
        var records: [MapRecord] = []
        try map.drain { worker, bytes in
            records.append(MapRecord(bytes: bytes.indices.map { bytes[$0] }, worker: worker))
        }
        return records
    }

    /// Reserves 8 bytes into `r6`, or ends with 0.
    private static let reserve: [Instruction] = [
        .loadWide(.r1, .map(1)), .move(.r2, 8), .move(.r3, 0), .call(helper: 131),
        .jump(if: .notEqual, .r0, 0, skip: 1), .exit, .move(.r6, .register(.r0)),
    ]
    private static let submit: [Instruction] = [.move(.r1, .register(.r6)), .move(.r2, 0), .call(helper: 132)]
    private static let end: [Instruction] = [.move(.r0, 1), .exit]

    @Test(arguments: Engine.allCases)
    func recordsReachTheHost(engine: Engine) throws {
        let map = try Self.ring()
        let code = Self.reserve + [.store(.double, .r6, 0, 0x0102)] + Self.submit + Self.end
        for _ in 0..<3 { #expect(try engine.run(InstructionSequence(code), maps: [1: map]) == .returned(1)) }
        #expect(
            try Self.records(of: map) == [MapRecord](repeating: MapRecord(bytes: [2, 1, 0, 0, 0, 0, 0, 0]), count: 3))
        let discard = Self.reserve + [.move(.r1, .register(.r6)), .move(.r2, 0), .call(helper: 133)] + Self.end
        #expect(try engine.run(InstructionSequence(discard), maps: [1: map]) == .returned(1))
        #expect(try Self.records(of: map) == [])
    }

    @Test func whatTheVerifierProvesIsChecked() throws {
        func fault(_ code: [Instruction]) throws -> Outcome {
            let map = try Self.ring()
            defer { #expect(throws: Never.self) { try map.drain { _, _ in } } }
            return try Engine.reference.run(InstructionSequence(code), maps: [1: map])
        }
        #expect(
            try fault(Self.reserve + Self.end)
                == .fault("instruction 8: the program ends with a record that it neither submitted nor discarded"))
        #expect(
            try fault(Self.reserve + [.store(.byte, .r6, 8, 0)] + Self.submit + Self.end)
                == .fault("instruction 7: write of 1 bytes at record+8 exceeds its 8 bytes"))
        #expect(
            try fault(Self.reserve + Self.submit + Self.submit + Self.end)
                == .fault("instruction 12: argument 1 of bpf_ringbuf_submit must be a reserved record"))
        guard case .fault(let text) = try fault(Self.reserve + Self.submit + [.load(.byte, .r0, .r6, 0)] + Self.end)
        else {
            Issue.record("a record is read after it was submitted")
            return
        }
        #expect(text.hasPrefix("instruction 10: read of 1 bytes at "))
        #expect(
            try fault([.loadWide(.r1, .map(1)), .move(.r2, .register(.r10)), .call(helper: 1), .exit])
                == .fault("instruction 2: bpf_map_lookup_elem does not take maps of type ringbuf"))
    }

    /// A program that was stopped leaves no record behind that holds up others.
    @Test func stoppedProgramsHoldNothingUp() throws {
        let map = try Self.ring()
        _ = try Engine.reference.run(InstructionSequence(Self.reserve + Self.end), maps: [1: map])
        let code = Self.reserve + [.store(.double, .r6, 0, 7)] + Self.submit + Self.end
        #expect(try Engine.reference.run(InstructionSequence(code), maps: [1: map]) == .returned(1))
        #expect(try Self.records(of: map).map(\.bytes) == [[7, 0, 0, 0, 0, 0, 0, 0]])
    }

    @Test(arguments: Engine.allCases)
    func eventsCarryThePacket(engine: Engine) throws {
        let map = try Map(MapSpec(type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 2))
        try map.openRecords(workers: 2, bytes: 4096)
        func code(_ flags: UInt64) -> InstructionSequence {
            [
                .store(.double, .r10, -8, 0x55), .loadWide(.r2, .map(1)), .loadWide(.r3, .value(flags)),
                .move(.r4, .register(.r10)), .alu(.add, .r4, -8), .move(.r5, 2), .call(helper: 25), .exit,
            ]
        }
        let packet: [UInt8] = [9, 8, 7, 6]
        func run(_ flags: UInt64, worker: UInt32) throws -> Outcome {
            try engine.run(code(flags), packet: packet, maps: [1: map], worker: Worker(id: worker))
        }
        #expect(try run(0xffff_ffff | 3 << 32, worker: 1) == .returned(0))
        #expect(try run(0, worker: 0) == .returned(0))
        #expect(try run(1, worker: 0) == .returned(Errno.notSupported.helperResult))
        #expect(try run(0xffff_ffff, worker: 2) == .returned(Errno.tooBig.helperResult))
        #expect(try run(5 << 32, worker: 0) == .returned(Errno.fault.helperResult))
        #expect(
            try Self.records(of: map) == [
                MapRecord(bytes: [0x55, 0], worker: 0), MapRecord(bytes: [0x55, 0, 9, 8, 7], worker: 1),
            ])
        var results: Set<String> = []
        for _ in 0..<400 { results.insert("\(try run(0, worker: 0))") }
        #expect(results == ["0x0", "\(Outcome.returned(Errno.noSpace.helperResult))"])
        #expect(map.lostRecords > 0)
    }

    /// Programs find the maps in maps, and what they hold.
    @Test(arguments: Engine.allCases, [MapType.arrayOfMaps, .hashOfMaps])
    func mapsInMaps(engine: Engine, type: MapType) throws {
        let pattern = MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1)
        let outer = try Map(MapSpec(type: type, keySize: 4, valueSize: 4, maxEntries: 2, inner: pattern))
        let lookup: [Instruction] = [.move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: 1)]
        let code: InstructionSequence = InstructionSequence(
            [.store(.word, .r10, -4, 0), .loadWide(.r1, .map(1))] + lookup
                + [.jump(if: .notEqual, .r0, 0, skip: 2), .move(.r0, 99), .exit, .move(.r1, .register(.r0))] + lookup
                + [.load(.double, .r0, .r0, 0), .exit])
        #expect(try engine.run(code, maps: [1: outer]) == .returned(99))
        for value in [5, 6] as [UInt8] {
            let inner = try Map(pattern)
            try inner.update([0, 0, 0, 0], [value, 0, 0, 0, 0, 0, 0, 0])
            try outer.update([0, 0, 0, 0], inner)
            #expect(try engine.run(code, maps: [1: outer]) == .returned(UInt64(value)))
        }
        try outer.delete([0, 0, 0, 0])
        #expect(try engine.run(code, maps: [1: outer]) == .returned(99))
    }
}
