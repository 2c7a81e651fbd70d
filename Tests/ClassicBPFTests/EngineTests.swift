import BPFExecution
import BPFVerifier
import ClassicBPF
import TestKit
import Testing

@Suite struct EngineTests {
    /// Random programs on random packets: every engine decides as the evaluator does, on what the verifier proved.
    @Test(arguments: Engine.allCases, ClassicDialect.allCases)
    func enginesDecideAsTheEvaluator(engine: Engine, dialect: ClassicDialect) throws {
        var random = SeededRandom(seed: 31)
        let worker = Worker(id: 3)
        var runs = 0
        for round in 0..<2_000 {
            let program = dialect == .linux ? random.checkedClassicProgram() : random.classicProgram()
            // The engines' random numbers are their own.
            guard !program.ancillaryFields.contains(.random), let translation = try? program.translated(dialect) else {
                continue
            }
            let executable = try Executable(Verifier().verify(translation.spec), engine: engine)
            #expect(executable.engine == engine)
            for _ in 0..<3 {
                let packet = random.bytes(Int.random(in: 0...80, using: &random))
                let (classic, metadata) = random.knownMetadata(dialect)
                let expected = try ClassicEvaluator(program, dialect: dialect).run(on: packet.span, metadata: classic)
                let found = executable.run(on: packet.span, metadata: metadata, worker: worker)
                #expect(found == UInt64(expected), "seed 31, round \(round):\n\(program.listing())\(packet.hex)")
                #expect(worker.fault == nil)
                runs += 1
            }
        }
        #expect(runs > 3_000)
    }
}

extension SeededRandom {
    /// Metadata both as the evaluator and as the engines take it, of what both can say.
    fileprivate mutating func knownMetadata(_ dialect: ClassicDialect) -> (ClassicMetadata, PacketMetadata) {
        var classic = ClassicMetadata()
        var engine = PacketMetadata()
        if dialect == .libpcap {
            classic.wireLength = value()
            engine.originalLength = classic.wireLength
        }
        classic.linkProtocol = UInt16(truncatingIfNeeded: value())
        engine.etherType = classic.linkProtocol
        classic.packetType = UInt8.random(in: 0...7, using: &self)
        engine.packetType = UInt32(classic.packetType)
        classic.mark = value()
        engine.mark = classic.mark
        classic.queue = UInt16(truncatingIfNeeded: value())
        engine.queueMapping = UInt32(classic.queue)
        classic.receiveHash = value()
        engine.hash = classic.receiveHash
        classic.processor = 3
        if dialect == .linux, oneIn(2) {
            classic.vlanTag = .init(control: UInt16(truncatingIfNeeded: value()))
            engine.vlanTCI = classic.vlanTag?.control
            engine.vlanProtocol = 0x8100
        }
        if oneIn(2) {
            engine.interface = Swift.max(1, value())
            classic.interface = .init(index: engine.interface, hardwareType: 1)
        }
        return (classic, engine)
    }
}
