import ClassicBPF
import TestKit
import Testing

@Suite struct ClassicProperties {
    /// A program, read back from its bytes, decides as it did.
    @Test func decodedProgramsDecideAlike() throws {
        var random = SeededRandom(seed: 11)
        for round in 0..<2_000 {
            let program = random.checkedClassicProgram()
            let decoded = try ClassicProgram(bytes: program.bytes.span)
            let packet = random.bytes(Int.random(in: 0...80, using: &random))
            for dialect in ClassicDialect.allCases {
                #expect(
                    try ClassicEvaluator(decoded, dialect: dialect).run(on: packet.span)
                        == ClassicEvaluator(program, dialect: dialect).run(on: packet.span), "seed 11, round \(round)")
            }
        }
    }

    /// What Linux's checker passes, libpcap's passes too, and it ends within its own length.
    @Test func checkedProgramsEnd() throws {
        var random = SeededRandom(seed: 12)
        for _ in 0..<2_000 {
            let program = random.checkedClassicProgram(longest: 60)
            #expect(throws: Never.self) { try program.check(.libpcap) }
            let packet = random.bytes(Int.random(in: 0...80, using: &random))
            _ = try ClassicEvaluator(program, dialect: .linux).run(
                on: packet.span, stepLimit: program.instructions.count)
        }
    }

    /// No program, checked or damaged, on any packet does anything but return or throw.
    @Test func damagedProgramsEndCleanly() throws {
        var random = Mutation.random("classic programs")
        var outcomes = [0, 0, 0]
        for _ in 0..<Mutation.count {
            var bytes = random.classicProgram().bytes
            if !random.oneIn(4) { bytes = random.mutation(of: bytes) }
            if !random.oneIn(20) { bytes.removeLast(bytes.count % 8) }
            guard let program = try? ClassicProgram(bytes: bytes.span) else {
                outcomes[2] += 1
                continue
            }
            let packet = random.bytes(Int.random(in: 0...70, using: &random))
            let metadata = random.metadata()
            for dialect in ClassicDialect.allCases {
                let isChecked = (try? program.check(dialect)) != nil
                let evaluator = ClassicEvaluator(program, dialect: dialect)
                do throws(ClassicFault) {
                    _ = try evaluator.run(on: packet.span, metadata: metadata, stepLimit: 10_000)
                    outcomes[0] += 1
                } catch {
                    outcomes[1] += 1
                    if isChecked && dialect == .linux { Issue.record("checked program faults: \(error): \(bytes.hex)") }
                }
            }
            _ = program.listing(.assembly)
        }
        print("classic programs: \(outcomes[0]) returned, \(outcomes[1]) faulted, \(outcomes[2]) were no programs")
        #expect(outcomes.allSatisfy { $0 > 0 })
    }
}

extension SeededRandom {
    /// Metadata with every field anywhere in its range.
    mutating func metadata() -> ClassicMetadata {
        var metadata = ClassicMetadata()
        metadata.wireLength = oneIn(2) ? nil : value()
        metadata.linearLength = oneIn(2) ? nil : Int.random(in: -2...80, using: &self)
        metadata.networkOffset = oneIn(4) ? nil : pick([0, 14, 18, -1, 64, .max, .min, Int(UInt32.max)])
        metadata.linkOffset = oneIn(4) ? nil : pick([0, -14, .max, .min])
        metadata.linkProtocol = pick([0x0800, 0x86dd, 0x8100, 0x88a8, 0])
        metadata.packetType = UInt8.random(in: .min ... .max, using: &self)
        metadata.interface = oneIn(2) ? nil : .init(index: value(), hardwareType: 1)
        metadata.vlanTag = oneIn(2) ? nil : .init(control: 5, isPresent: oneIn(2))
        metadata.payloadOffset = oneIn(4) ? value() : nil
        metadata.random = value()
        return metadata
    }
}
