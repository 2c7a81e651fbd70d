import BPFModel
import ClassicBPF
import TestKit
import Testing

@Suite struct TranslationTests {
    static func translate(
        _ operations: [ClassicOperation], _ dialect: ClassicDialect = .linux, loopLimit: Int32? = nil
    ) throws(ClassicTranslationError) -> [Instruction] {
        Array(try ClassicProgram(operations).translated(dialect, loopLimit: loopLimit).spec.code)
    }

    @Test func aFilterTakesFewInstructions() throws {
        let keepIPv4: [ClassicOperation] = [
            .loadAbsolute(.half, offset: 12), .branch(.equal, .constant(0x800), ifTrue: 0, ifFalse: 1),
            .returnConstant(262_144), .returnConstant(0),
        ]
        let code: [Instruction] = [
            .move(.r6, .register(.r1)),
            .loadPacket(at: 12, .half),
            .jump32(if: .notEqual, .r0, 0x800, skip: 2),
            .alu32(.mov, .r0, 262_144), .exit,
            .alu32(.mov, .r0, 0), .exit,
        ]
        for dialect in ClassicDialect.allCases {
            let translation = try ClassicProgram(keepIPv4).translated(dialect, name: "ip")
            #expect(Array(translation.spec.code) == code)
            #expect(translation.spec.type == .socketFilter)
            #expect(translation.spec.name == "ip")
            #expect(translation.prologue == 0..<1)
            #expect(translation.slots == [1..<2, 2..<3, 3..<5, 5..<7])
        }
    }

    @Test func onlyWhatIsReadIsCleared() throws {
        #expect(
            try Self.translate([.copyToX, .returnAccumulator])
                == [.move(.r6, .register(.r1)), .alu32(.mov, .r0, 0), .alu32(.mov, .r7, .register(.r0)), .exit])
        #expect(
            try Self.translate([.copyToA, .loadMemory(.x, cell: 2), .store(.x, cell: 3), .returnAccumulator], .libpcap)
                == [
                    .move(.r6, .register(.r1)), .alu32(.mov, .r7, 0), .store(.word, .r10, -12, 0),
                    .alu32(.mov, .r0, .register(.r7)), .load(.word, .r7, .r10, -12),
                    .store(.word, .r10, -16, .register(.r7)),
                    .exit,
                ])
    }

    @Test func headerLengthKeepsAWhereItIsNeeded() throws {
        let short = try Self.translate([
            .loadHeaderLength(offset: 14), .loadIndexed(.half, offset: 14), .returnAccumulator,
        ])
        #expect(
            short == [
                .move(.r6, .register(.r1)), .loadPacket(at: 14, .byte), .alu32(.and, .r0, 0xf), .alu32(.lsh, .r0, 2),
                .alu32(.mov, .r7, .register(.r0)), .loadPacket(.half, .indirect(.r7, 14)), .exit,
            ])
        let long = try Self.translate([.loadHeaderLength(offset: 14), .arithmetic(.add, .x), .returnAccumulator])
        #expect(long.count == short.count + 4)
        // libpcap's check of the sum is left out where X is known to be small.
        #expect(
            try Self.translate(
                [.loadHeaderLength(offset: 14), .loadIndexed(.half, offset: 14), .returnAccumulator], .libpcap) == short
        )
    }

    @Test func unreachedInstructionsAreLeftOut() throws {
        let program = ClassicProgram([
            .jump(1), .loadMemory(.a, cell: 3), .branch(.equal, .x, ifTrue: 1, ifFalse: 1), .copyToX,
            .returnConstant(1),
        ])
        let translation = try program.translated(.linux)
        #expect(translation.slots == [1..<1, nil, 1..<1, nil, 1..<3])
        #expect(translation.spec.code.count == 3)
    }

    @Test func farJumpsHave32Bits() throws {
        let count = 17_000
        var operations: [ClassicOperation] = [
            .loadAbsolute(.byte, offset: 0), .branch(.anyBit, .constant(1), ifTrue: 0, ifFalse: 1),
        ]
        operations.append(.jump(UInt32(count + 1)))
        operations += Array(repeating: .loadHeaderLength(offset: 0), count: count)
        operations += [
            .returnConstant(3), .loadAbsolute(.byte, offset: 1), .branch(.equal, .constant(7), ifTrue: 0, ifFalse: 1),
        ]
        operations += [.jump(0 &- UInt32(count + 6)), .returnConstant(4)]
        let translation = try ClassicProgram(operations).translated(.libpcap, loopLimit: 5)
        let longJumps = translation.spec.code.filter { if case .longJump = $0 { true } else { false } }
        #expect(longJumps.count == 2)
        for (packet, expected) in [([UInt8(2), 0], UInt32(3)), ([1, 0], 4)] {
            #expect(try ClassicEvaluator(translation.source, dialect: .libpcap).run(on: packet.span) == expected)
            #expect(try TranslatedRun.verdict(of: translation, on: packet, ClassicMetadata()) == expected)
        }
        // Round and round: the evaluator gives up, the translation ends with 0.
        let endless: [UInt8] = [1, 7]
        #expect(throws: ClassicFault.self) {
            try ClassicEvaluator(translation.source, dialect: .libpcap).run(on: endless.span)
        }
        #expect(try TranslatedRun.verdict(of: translation, on: endless, ClassicMetadata()) == 0)
    }

    @Test(arguments: [
        (
            ClassicProgram([ClassicOperation.copyToX]), ClassicDialect.linux,
            "instruction 0: program ends without a return; add one"
        ),
        (
            ClassicProgram([ClassicInstruction(code: 0x8f), ClassicInstruction(.returnAccumulator)]), .libpcap,
            "instruction 0: code 0x8f is no operation"
        ),
        (
            ClassicProgram([.copyToX, .jump(0xffff_fffe), .returnAccumulator]), .libpcap,
            "instruction 1: jump back to instruction 0 makes a loop; set a limit for it, or run the program on the classic evaluator"
        ),
        (
            ClassicProgram([.loadAbsolute(.word, offset: AncillaryField.payloadOffset.offset), .returnAccumulator]),
            .linux,
            "instruction 0: ancillary field 'poff' is in no eBPF context; run the program on the classic evaluator"
        ),
    ])
    func refusals(program: ClassicProgram, dialect: ClassicDialect, text: String) {
        let error = #expect(throws: ClassicTranslationError.self) { try program.translated(dialect) }
        #expect(error?.description == text)
    }

    @Test func lengthIsBounded() {
        let program = ClassicProgram(
            Array(repeating: ClassicOperation.arithmetic(.div, .x), count: 260_000) + [.returnAccumulator])
        let error = #expect(throws: ClassicTranslationError.self) { try program.translated(.libpcap) }
        #expect(error?.description == "1040004 eBPF instructions exceed the maximum of 1000000; shorten the program")
    }

    @Test(arguments: EvaluatorTests.cases, ClassicDialect.allCases)
    func casesDecideAlike(case: EvaluatorTests.Case, dialect: ClassicDialect) throws {
        let program = ClassicProgram(`case`.code)
        // One case reads a cell that Linux wants written first.
        guard (try? program.check(dialect)) != nil else { return }
        var metadata = ClassicMetadata()
        metadata.wireLength = dialect == .libpcap ? 100 : nil
        let verdict = try TranslatedRun.verdict(of: program.translated(dialect), on: EvaluatorTests.packet, metadata)
        #expect(verdict == (dialect == .linux ? `case`.linux : `case`.libpcap), "\(`case`.name)")
    }

    /// Random programs on random packets: the translation decides as the evaluator does, and reads nothing uninitialised.
    @Test(arguments: ClassicDialect.allCases)
    func translationsDecideAlike(dialect: ClassicDialect) throws {
        var random = SeededRandom(seed: 21)
        var translated = 0
        for round in 0..<8_000 {
            let program = dialect == .linux ? random.checkedClassicProgram() : random.classicProgram()
            let packet = random.bytes(Int.random(in: 0...80, using: &random))
            var metadata = random.metadata()
            // A context can't say these.
            metadata.linearLength = nil
            if dialect == .linux { metadata.wireLength = nil }
            if dialect == .libpcap { metadata.vlanTag = nil }
            if metadata.interface?.index == 0 { metadata.interface = nil }
            guard let translation = try? program.translated(dialect) else { continue }
            translated += 1
            let expected = try ClassicEvaluator(program, dialect: dialect).run(on: packet.span, metadata: metadata)
            let found = try TranslatedRun.verdict(of: translation, on: packet, metadata)
            #expect(found == expected, "seed 21, round \(round):\n\(program.listing())\(packet.hex)")
        }
        #expect(translated > 6_000)
    }
}
