import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import TestKit
import Testing

/// No program traps the reference engine, and none that was verified does wrong or differs on the interpreter.
@Suite struct ProgramMutationTests {
    private static let specs: [Int32: MapSpec] = [
        1: MapSpec(type: .hash, keySize: 4, valueSize: 8, maxEntries: 4),
        2: MapSpec(type: .array, keySize: 4, valueSize: 16, maxEntries: 3),
    ]

    /// What one run leaves behind.
    private struct Outcome: Equatable {
        var result: UInt64
        var packet: [UInt8]
        var entries: [MapEntries]
    }

    /// One worker, one packet buffer and one set of maps for every run, so that addresses are the same in each.
    private final class Stage {
        let worker = Worker(clock: .fixed(7))
        let maps: [Int32: Map]
        var packet = [UInt8](repeating: 0, count: 34)

        init() throws {
            maps = try specs.mapValues { spec throws(MapError) in try Map(spec, options: MapOptions(seed: 3)) }
            worker.budget = 300
        }

        func run(_ executable: Executable) throws -> Outcome {
            for index in packet.indices { packet[index] = UInt8(truncatingIfNeeded: index * 37) }
            for map in maps.values {
                for entry in try map.entries() {
                    let key = Array(entry.key)
                    if map.spec.type == .hash {
                        try map.delete(key)
                    } else {
                        try map.update(key, [UInt8](repeating: 0, count: map.spec.valueSize))
                    }
                }
            }
            try maps[1]?.update([1, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8])
            worker.seed(5)
            let result =
                executable.spec.type.seesPackets
                ? executable.run(onMutable: &packet, worker: worker)
                : executable.run(event: packet.span, worker: worker)
            return try Outcome(result: result, packet: packet, entries: [1, 2].compactMap { try maps[$0]?.entries() })
        }
    }

    @Test func generatedPrograms() throws {
        var generator = ProgramGenerator(random: Mutation.random("generated programs"))
        let stage = try Stage()
        var counts = Counts()
        for _ in 0..<Mutation.count {
            let code = InstructionSequence(generator.program())
            try check(code, generator.random.pick(ProgramType.allCases), stage, &counts)
        }
        print("generated programs: \(counts)")
        #expect(counts.verified > 0 && counts.returned > counts.verified / 2)
    }

    @Test func mutatedBytes() throws {
        var random = Mutation.random("mutated program bytes")
        var generator = ProgramGenerator(random: SeededRandom(seed: random.next()))
        let bases = (0..<50).map { _ in InstructionSequence(generator.program()).bytes }
        let stage = try Stage()
        var counts = Counts()
        for _ in 0..<Mutation.count {
            var bytes = random.mutation(of: random.pick(bases), splicing: bases)
            bytes.removeLast(bytes.count % 8)
            guard let code = try? InstructionSequence(decoding: bytes) else { continue }
            try check(code, random.pick(ProgramType.allCases), stage, &counts)
        }
        print("mutated program bytes: \(counts)")
        #expect(counts.returned > 0)
    }

    private struct Counts: CustomStringConvertible {
        var ran = 0
        var returned = 0
        var verified = 0
        var description: String { "\(ran) ran, \(returned) to their end, \(verified) of them verified" }
    }

    private func check(
        _ code: InstructionSequence, _ type: ProgramType, _ stage: Stage, _ counts: inout Counts
    ) throws {
        let spec = ProgramSpec(type: type, code: code, maps: Self.specs)
        let reference = try stage.run(Executable(unverified: spec, maps: stage.maps))
        var fault = stage.worker.fault
        counts.ran += 1
        if fault == nil { counts.returned += 1 }
        guard let verified = try? Verifier().verify(spec) else { return }
        counts.verified += 1
        if case .uninitialisedStack = fault?.reason {
            // Privileged programs may read what they didn't write; they do nothing worse.
            _ = try stage.run(Executable(unverified: spec, maps: stage.maps, zeroed: true))
            #expect((try? Self.strict.verify(spec)) == nil, "reads unwritten stack: \(code.bytes.hex)")
            fault = stage.worker.fault
            if fault == nil { return }
        }
        if case .budgetExhausted = fault?.reason { return }
        #expect(fault == nil, "verified, but \(fault?.description ?? ""): \(code.bytes.hex)")
        guard fault == nil, let executable = try? Executable(verified, maps: stage.maps) else { return }
        let interpreted = try stage.run(executable)
        // What gives addresses away may give others in the next run, where values have moved.
        guard interpreted == reference || (try? Self.discreet.verify(spec)) != nil else { return }
        #expect(interpreted == reference, "engines differ on \(type): \(code.bytes.hex)")
    }

    /// Refuses programs that give addresses away.
    private static let discreet = {
        var options = Verifier.Options()
        options.mayLeakPointers = false
        return Verifier(options)
    }()

    /// Refuses reads of stack that wasn't written.
    private static let strict = {
        var options = Verifier.Options()
        options.mayReadUninitializedStack = false
        return Verifier(options)
    }()
}
