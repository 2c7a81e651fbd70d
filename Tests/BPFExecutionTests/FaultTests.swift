import BPFExecution
import BPFMaps
import BPFModel
import Testing

/// What the reference engine says of programs that do wrong.
@Suite struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: InstructionSequence
        let text: String
        var testDescription: String { text }

        init(_ code: InstructionSequence, _ text: String) {
            self.code = code
            self.text = text
        }
    }

    static let onPackets: [Case] = [
        Case([.exit], "instruction 0: r0 is read before it is written"),
        Case([.move(.r0, .register(.r5)), .exit], "instruction 0: r5 is read before it is written"),
        Case([.alu(.add, .r2, 1), .exit], "instruction 0: r2 is read before it is written"),
        Case([.move(.r10, 0), .exit], "instruction 0: r10 is written, but the frame pointer is read-only"),
        Case(
            [.load(.double, .r0, .r10, -8), .exit],
            "instruction 0: 8 bytes at stack-8 are read before they are written"),
        Case(
            [.store(.word, .r10, -8, 1), .load(.double, .r0, .r10, -8), .exit],
            "instruction 1: 8 bytes at stack-8 are read before they are written"),
        Case([.store(.word, .r10, 0, 1), .exit], "instruction 0: write of 4 bytes at stack+512 exceeds its 512 bytes"),
        Case(
            [.store(.byte, .r10, -513, 1), .exit], "instruction 0: write of 1 bytes at stack-1 exceeds its 512 bytes"),
        Case(
            [.move(.r2, 16), .load(.word, .r0, .r2, 0), .exit],
            "instruction 1: read of 4 bytes at 0x10 is outside every memory the program has"),
        Case(
            [.load(.word, .r0, .r1, 76), .exit],
            "instruction 0: read of 4 bytes at offset 76 of __sk_buff, where no such field is"),
        Case(
            [.store(.word, .r1, 8, 0), .exit],
            "instruction 0: write of 4 bytes at offset 8 of __sk_buff, where no such field is"),
        Case(
            [
                .store(.double, .r10, -8, 0), .move(.r2, 1),
                .atomic(.exchange, .double, base: .r10, offset: -7, source: .r2), .exit,
            ],
            "instruction 2: atomic access of 8 bytes at STACK, which is not a multiple of 8"),
        Case([.jump(5), .exit], "instruction 0: offset 5 leads to no instruction"),
        Case([.move(.r0, 0)], "instruction 0: control goes past the last instruction"),
        Case([], "instruction 0: control goes past the last instruction"),
        Case([.jump(-1)], "instruction 0: the program ran for more than 1000 instructions"),
        Case([.call(.local(-1)), .exit], "instruction 0: calls nest deeper than 8 frames"),
        Case([.call(.local(1)), .exit, .exit], "instruction 1: r0 is read before it is written"),
        Case([.call(.local(9)), .exit], "instruction 0: offset 9 leads to no instruction"),
        Case([.call(helper: 9999), .exit], "instruction 0: helper(9999) does not exist"),
        Case([.call(.platform(3)), .exit], "instruction 0: platform(3) does not exist"),
        Case(
            [.move(.r2, 0), .call(helper: 1), .exit],
            "instruction 1: argument 1 of bpf_map_lookup_elem must be a map of the program"),
        Case(
            [.move(.r2, 0), .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, 0), .call(helper: 26), .exit],
            "instruction 4: argument 4 of bpf_skb_load_bytes must be a size of at least 1"),
        Case(
            [.move(.r2, 0), .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, 9), .call(helper: 26), .exit],
            "instruction 4: write of 9 bytes at stack+504 exceeds its 512 bytes"),
        Case(
            [.call(helper: 5), .move(.r0, .register(.r1)), .exit], "instruction 1: r1 is read before it is written"),
        Case([.loadWide(.r0, .map(4)), .exit], "instruction 0: 64-bit immediate map(4) names nothing"),
        Case([.move(.r6, 0), .loadPacket(at: 0, .byte), .exit], "instruction 1: packet load needs the context in r6"),
    ]

    @Test(arguments: onPackets)
    func fault(_ test: Case) throws {
        let worker = Worker()
        worker.budget = 1000
        let result = try Engine.reference.run(test.code, packet: [1, 2, 3], worker: worker)
        guard case .fault(var text) = result else {
            Issue.record("no fault: \(result)")
            return
        }
        if test.text.contains("STACK") { text = text.replacing(/0x[0-9a-f]+/, with: "STACK") }
        #expect(text == test.text)
    }

    @Test func packetBoundsAreTold() throws {
        let code: InstructionSequence = [
            .load(.word, .r2, .r1, 0), .move(.r0, 0), .load(.double, .r0, .r2, 1510), .exit,
        ]
        let result = try Engine.reference.run(code, type: .xdp, packet: [UInt8](repeating: 0, count: 1514))
        #expect(result == .fault("instruction 2: read of 8 bytes at packet+1510 exceeds its 1514 bytes"))
    }

    @Test func memoryAndMapBoundsAreTold() throws {
        var memory = [UInt8](repeating: 0, count: 10)
        #expect(
            try Engine.reference.run([.load(.word, .r0, .r1, 7), .exit], memory: &memory)
                == .fault("instruction 0: read of 4 bytes at memory+7 exceeds its 10 bytes"))
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 12, maxEntries: 2))
        #expect(
            try Engine.reference.run(
                [.loadWide(.r1, .mapValue(3, offset: 8)), .load(.double, .r0, .r1, 0), .exit], maps: [3: map])
                == .fault("instruction 1: read of 8 bytes at map 3 value+8 exceeds its 12 bytes"))
        let readOnly = try Map(
            MapSpec(type: .array, keySize: 4, valueSize: 12, maxEntries: 2, flags: .readOnlyForPrograms))
        #expect(
            try Engine.reference.run(
                [.loadWide(.r1, .mapValue(3, offset: 0)), .store(.double, .r1, 0, 1), .exit], maps: [3: readOnly])
                == .fault("instruction 1: write of 8 bytes at map 3 value+0, which is read-only"))
    }

    @Test func socketFiltersMayNotWritePackets() throws {
        let code: InstructionSequence = [
            .load(.word, .r2, .r1, 0), .store(.byte, .r2, 1, 9), .load(.byte, .r0, .r2, 1), .exit,
        ]
        #expect(try Engine.reference.run(code, type: .xdp, packet: [1, 2, 3]) == .returned(9))
    }

    @Test func zeroedRunsReadZeros() throws {
        let code: InstructionSequence = [
            .load(.double, .r2, .r10, -16), .alu(.add, .r2, .register(.r7)), .move(.r0, .register(.r2)), .exit,
        ]
        let spec = ProgramSpec(type: .socketFilter, code: code)
        let worker = Worker()
        let executable = try Executable(unverified: spec, zeroed: true)
        var packet: [UInt8] = []
        let result = executable.run(onMutable: &packet, worker: worker)
        #expect(result == 0)
        #expect(worker.fault == nil)
    }
}
