import ClassicBPF
import Testing

@Suite struct EvaluatorTests {
    typealias Case = (name: String, code: [ClassicOperation], linux: UInt32, libpcap: UInt32)

    static let packet: [UInt8] = (0..<64).map { UInt8($0) | 0x80 }

    /// Programs on ``packet``, 100 bytes long on the wire, and what they return in each dialect.
    static let cases: [Case] = [
        ("registers start at zero", [.arithmetic(.add, .x), .returnAccumulator], 0, 0),
        ("loads are big-endian", [.loadAbsolute(.word, offset: 1), .returnAccumulator], 0x8182_8384, 0x8182_8384),
        ("half", [.loadAbsolute(.half, offset: 62), .returnAccumulator], 0xbebf, 0xbebf),
        ("byte", [.loadAbsolute(.byte, offset: 63), .returnAccumulator], 0xbf, 0xbf),
        ("word beyond the end", [.loadAbsolute(.word, offset: 61), .returnConstant(7)], 0, 0),
        ("half beyond the end", [.loadAbsolute(.half, offset: 63), .returnConstant(7)], 0, 0),
        ("byte beyond the end", [.loadAbsolute(.byte, offset: 64), .returnConstant(7)], 0, 0),
        ("far beyond the end", [.loadAbsolute(.byte, offset: 0x7fff_ffff), .returnConstant(7)], 0, 0),
        ("indexed", [.loadConstant(.x, 60), .loadIndexed(.half, offset: 2), .returnAccumulator], 0xbebf, 0xbebf),
        ("indexed beyond the end", [.loadConstant(.x, 61), .loadIndexed(.half, offset: 2), .returnConstant(7)], 0, 0),
        (
            "indexed sum wraps in Linux",
            [.loadConstant(.x, 5), .loadIndexed(.byte, offset: .max), .returnAccumulator], 0x84, 0
        ),
        (
            "indexed word wraps in Linux",
            [.loadConstant(.x, .max), .loadIndexed(.word, offset: 1), .returnAccumulator], 0x8081_8283, 0
        ),
        (
            "header length",
            [.loadConstant(.a, 9), .loadHeaderLength(offset: 5), .arithmetic(.add, .x), .returnAccumulator], 29, 29
        ),
        ("header length beyond the end", [.loadHeaderLength(offset: 64), .returnConstant(7)], 0, 0),
        ("length", [.loadLength(.a), .returnAccumulator], 64, 100),
        ("length in X", [.loadLength(.x), .copyToA, .returnAccumulator], 64, 100),
        ("network header", [.loadAbsolute(.byte, offset: 0xfff0_0001), .returnAccumulator], 0x8f, 0),
        ("link header", [.loadAbsolute(.half, offset: 0xffe0_0002), .returnAccumulator], 0x8283, 0),
        ("before the network header", [.loadAbsolute(.byte, offset: 0xffef_ffff), .returnConstant(7)], 0, 0),
        ("no header", [.loadAbsolute(.byte, offset: 0xffdf_ffff), .returnConstant(7)], 0, 0),
        (
            "link header by X", [.loadConstant(.x, 0xffe0_0000), .loadIndexed(.byte, offset: 4), .returnAccumulator],
            0x84, 0
        ),
        (
            "header length in the network header",
            [.loadHeaderLength(offset: 0xfff0_0000), .copyToA, .returnAccumulator], 0xe << 2, 0
        ),
        (
            "no ancillary field by X",
            [.loadConstant(.x, 0xffff_f000), .loadIndexed(.word, offset: 4), .returnConstant(7)], 0, 0
        ),
        (
            "memory",
            [.loadConstant(.a, 5), .store(.a, cell: 15), .loadMemory(.x, cell: 15), .copyToA, .returnAccumulator], 5, 5
        ),
        ("memory starts at zero", [.loadConstant(.a, 5), .loadMemory(.a, cell: 0), .returnAccumulator], 0, 0),
        ("store X", [.loadConstant(.x, 6), .store(.x, cell: 1), .loadMemory(.a, cell: 1), .returnAccumulator], 6, 6),
        ("sum wraps", [.loadConstant(.a, .max), .arithmetic(.add, .constant(2)), .returnAccumulator], 1, 1),
        ("difference wraps", [.arithmetic(.sub, .constant(1)), .returnAccumulator], .max, .max),
        ("product wraps", [.loadConstant(.a, 0x8000_0001), .arithmetic(.mul, .constant(2)), .returnAccumulator], 2, 2),
        (
            "unsigned quotient", [.loadConstant(.a, .max), .arithmetic(.div, .constant(2)), .returnAccumulator],
            0x7fff_ffff, 0x7fff_ffff
        ),
        (
            "unsigned remainder", [.loadConstant(.a, .max), .arithmetic(.mod, .constant(16)), .returnAccumulator], 15,
            15
        ),
        ("division by X = 0", [.loadConstant(.a, 1), .arithmetic(.div, .x), .returnConstant(7)], 0, 0),
        ("modulo by X = 0", [.loadConstant(.a, 1), .arithmetic(.mod, .x), .returnConstant(7)], 0, 0),
        (
            "bits",
            [
                .loadConstant(.a, 0xf0), .arithmetic(.or, .constant(0x0c)), .arithmetic(.and, .constant(0x3c)),
                .arithmetic(.xor, .constant(0xff)), .returnAccumulator,
            ], 0xc3, 0xc3
        ),
        (
            "shift left by X = 33",
            [.loadConstant(.a, 1), .loadConstant(.x, 33), .arithmetic(.lsh, .x), .returnAccumulator], 2, 0
        ),
        (
            "shift right by X = 32",
            [.loadConstant(.a, 9), .loadConstant(.x, 32), .arithmetic(.rsh, .x), .returnAccumulator], 9, 0
        ),
        (
            "shift by X = 31",
            [.loadConstant(.a, 1), .loadConstant(.x, 31), .arithmetic(.lsh, .x), .returnAccumulator], 0x8000_0000,
            0x8000_0000
        ),
        ("negation", [.loadConstant(.a, 1), .negate, .returnAccumulator], .max, .max),
        ("jump", [.jump(1), .returnConstant(1), .returnConstant(2)], 2, 2),
        (
            "compare unsigned",
            [
                .loadConstant(.a, 1), .branch(.greater, .constant(0x8000_0000), ifTrue: 0, ifFalse: 1),
                .returnConstant(1), .returnConstant(2),
            ], 2, 2
        ),
        (
            "compare with X",
            [
                .loadConstant(.a, .max), .loadConstant(.x, .max), .branch(.greaterOrEqual, .x, ifTrue: 1, ifFalse: 0),
                .returnConstant(1), .returnConstant(2),
            ], 2, 2
        ),
        ("equal", [.branch(.equal, .x, ifTrue: 1, ifFalse: 0), .returnConstant(1), .returnConstant(2)], 2, 2),
        (
            "any bit",
            [
                .loadConstant(.a, 6), .branch(.anyBit, .constant(9), ifTrue: 0, ifFalse: 1), .returnConstant(1),
                .returnConstant(2),
            ], 2, 2
        ),
        (
            "exclusive or as a load",
            [
                .loadConstant(.a, 6), .loadConstant(.x, 3),
                .loadAbsolute(.word, offset: AncillaryField.exclusiveOrX.offset), .returnAccumulator,
            ], 5, 0
        ),
    ]

    @Test(arguments: cases, ClassicDialect.allCases)
    func verdict(case: Case, dialect: ClassicDialect) throws {
        var metadata = ClassicMetadata()
        metadata.wireLength = 100
        let evaluator = ClassicEvaluator(ClassicProgram(`case`.code), dialect: dialect)
        let expected = dialect == .linux ? `case`.linux : `case`.libpcap
        #expect(try evaluator.run(on: Self.packet.span, metadata: metadata) == expected, "\(`case`.name)")
    }

    @Test func ancillaryFields() throws {
        var metadata = ClassicMetadata()
        metadata.linkProtocol = 0x86dd
        metadata.packetType = 3
        metadata.interface = .init(index: 577, hardwareType: 588)
        metadata.mark = 0x1234_aaaa
        metadata.queue = 123
        metadata.receiveHash = 0x1234_aaab
        metadata.processor = 2
        metadata.vlanTag = .init(control: 0xffff, etherType: 0x88a8)
        metadata.payloadOffset = 42
        metadata.random = 99
        let values: [AncillaryField: UInt32] = [
            .linkProtocol: 0x86dd, .packetType: 3, .interfaceIndex: 577, .netlinkAttribute: 0,
            .nestedNetlinkAttribute: 0,
            .mark: 0x1234_aaaa, .queue: 123, .hardwareType: 588, .receiveHash: 0x1234_aaab, .processor: 2,
            .exclusiveOrX: 5,
            .vlanTag: 0xffff, .vlanTagPresent: 1, .payloadOffset: 42, .random: 99, .vlanProtocol: 0x88a8,
        ]
        for field in AncillaryField.allCases {
            for size in ClassicOperation.Size.allCases {
                let program = ClassicProgram([
                    .loadConstant(.a, 6), .loadConstant(.x, 3), .loadAbsolute(size, offset: field.offset),
                    .returnAccumulator,
                ])
                let linux = try ClassicEvaluator(program, dialect: .linux).run(on: Self.packet.span, metadata: metadata)
                #expect(linux == values[field], "\(field)")
                let libpcap = try ClassicEvaluator(program, dialect: .libpcap).run(
                    on: Self.packet.span, metadata: metadata)
                let isKnown = size == .byte && (field == .vlanTag || field == .vlanTagPresent)
                #expect(libpcap == (isKnown ? values[field] : 0), "\(field)")
            }
        }
    }

    @Test func unknownMetadata() throws {
        func run(_ field: AncillaryField, _ dialect: ClassicDialect) throws -> UInt32 {
            let program = ClassicProgram([
                .loadConstant(.a, 6), .loadAbsolute(.byte, offset: field.offset), .returnConstant(7),
            ])
            return try ClassicEvaluator(program, dialect: dialect).run(on: Self.packet.span)
        }
        #expect(try run(.interfaceIndex, .linux) == 6)
        #expect(try run(.hardwareType, .linux) == 6)
        #expect(try run(.vlanTag, .linux) == 7)
        #expect(try run(.vlanTag, .libpcap) == 0)
    }

    @Test func fragmentedPackets() throws {
        func run(_ operation: ClassicOperation) throws -> UInt32 {
            var metadata = ClassicMetadata()
            metadata.linearLength = 32
            let program = ClassicProgram([operation, .returnAccumulator])
            return try ClassicEvaluator(program, dialect: .linux).run(on: Self.packet.span, metadata: metadata)
        }
        #expect(try run(.loadAbsolute(.half, offset: 31)) == 0x9fa0)
        #expect(try run(.loadAbsolute(.half, offset: 0xffe0_0000 + 31)) == 0)
        #expect(try run(.loadAbsolute(.half, offset: 0xffe0_0000 + 30)) == 0x9e9f)
    }

    static let faults: [([ClassicInstruction], ClassicDialect, String)] = [
        ([], .linux, "instruction 0: outside the program of 0 instructions"),
        ([ClassicInstruction(.copyToX)], .linux, "instruction 1: outside the program of 1 instructions"),
        ([ClassicInstruction(.jump(.max))], .linux, "instruction 4294967296: outside the program of 1 instructions"),
        ([ClassicInstruction(.jump(0xffff_fffe))], .libpcap, "instruction -1: outside the program of 1 instructions"),
        ([ClassicInstruction(.jump(.max))], .libpcap, "instruction 0: no return within 1000000 instructions"),
        ([ClassicInstruction(code: 0x8f)], .libpcap, "instruction 0: code 0x8f is no operation"),
        ([ClassicInstruction(.loadMemory(.a, cell: 16))], .linux, "instruction 0: memory cell 16 exceeds 15, the last"),
        (
            [ClassicInstruction(.store(.x, cell: .max))], .linux,
            "instruction 0: memory cell 4294967295 exceeds 15, the last"
        ),
        ([ClassicInstruction(.arithmetic(.div, .constant(0)))], .linux, "instruction 0: division by the constant 0"),
        ([ClassicInstruction(.arithmetic(.mod, .constant(0)))], .libpcap, "instruction 0: division by the constant 0"),
    ]

    @Test(arguments: faults)
    func fault(code: [ClassicInstruction], dialect: ClassicDialect, text: String) {
        let error = #expect(throws: ClassicFault.self) {
            try ClassicEvaluator(ClassicProgram(code), dialect: dialect).run(on: Self.packet.span)
        }
        #expect(error?.description == text)
    }

    @Test func stepLimitCountsInstructions() throws {
        let evaluator = ClassicEvaluator(ClassicProgram([.copyToX, .copyToA, .returnConstant(3)]), dialect: .linux)
        #expect(try evaluator.run(on: Self.packet.span, stepLimit: 3) == 3)
        #expect(throws: ClassicFault.self) { try evaluator.run(on: Self.packet.span, stepLimit: 2) }
        #expect(throws: ClassicFault.self) { try evaluator.run(on: Self.packet.span, stepLimit: -1) }
    }
}
