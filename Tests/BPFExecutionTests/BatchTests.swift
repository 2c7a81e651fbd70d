import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import TestKit
import Testing

/// Batches give for every packet what a run on that packet alone gives.
@Suite struct BatchTests {
    /// A batch of packets of many lengths, with records in front of each.
    private static func batch(_ count: Int) -> (batch: PacketBatch, packets: [[UInt8]]) {
        var random = SeededRandom(seed: 9)
        var batch = PacketBatch(capacity: 0)
        var packets: [[UInt8]] = []
        for number in 0..<count {
            let packet = random.bytes(number % 64)
            batch.storage += [UInt8](repeating: 0xee, count: 16)
            batch.records.append(
                PacketRecord(
                    dataOffset: batch.storage.count, recordOffset: batch.storage.count - 16,
                    recordLength: packet.count + 16, nanoseconds: UInt64(number) * 1000,
                    capturedLength: UInt32(packet.count), originalLength: UInt32(packet.count + number % 3),
                    interface: UInt32(number % 4), linkType: number % 2 == 0 ? .ethernet : .linuxSLL))
            batch.storage += packet
            packets.append(packet)
        }
        return (batch, packets)
    }

    /// Returns the sum of the length, a packet byte and the time's low bits.
    static let sum: InstructionSequence = [
        .move(.r6, .register(.r1)), .load(.word, .r7, .r6, 0), .call(helper: 5), .alu(.add, .r7, .register(.r0)),
        .loadPacket(at: 20, .byte), .alu(.add, .r0, .register(.r7)), .exit,
    ]

    @Test(arguments: Engine.allCases)
    func eachPacketAsIfAlone(engine: Engine) throws {
        let spec = ProgramSpec(type: .socketFilter, code: Self.sum)
        let executable = try Executable(Verifier().verify(spec), engine: engine)
        var (batch, packets) = Self.batch(300)
        let worker = Worker()
        var results: [UInt32] = [1, 2, 3]
        executable.run(batch: &batch, results: &results, worker: worker)
        #expect(worker.fault == nil)
        for (index, packet) in packets.enumerated() {
            var metadata = PacketMetadata()
            metadata.originalLength = batch.records[index].originalLength
            metadata.nanoseconds = batch.records[index].nanoseconds
            let alone = executable.run(on: packet.span, metadata: metadata, worker: worker)
            #expect(results[index] == UInt32(truncatingIfNeeded: alone))
            let expected =
                packet.count > 20 ? Int(metadata.originalLength ?? 0) + index * 1000 + Int(packet[20]) : 0
            #expect(alone == UInt64(expected))
        }
        batch.removeAll()
        executable.run(batch: &batch, results: &results, worker: worker)
        #expect(results == [])
    }

    @Test(arguments: Engine.allCases)
    func contextOfEachPacket(engine: Engine) throws {
        let spec = ProgramSpec(
            type: .socketFilter,
            code: [
                .load(.word, .r0, .r1, 16), .load(.word, .r2, .r1, 40), .alu(.lsh, .r2, 16),
                .alu(.or, .r0, .register(.r2)), .exit,
            ])
        let executable = try Executable(Verifier().verify(spec), engine: engine)
        var (batch, packets) = Self.batch(100)
        var results: [UInt32] = []
        executable.run(batch: &batch, results: &results, worker: Worker())
        for (index, packet) in packets.enumerated() {
            let offset = index % 2 == 0 ? 12 : 14
            let etherType = packet.count >= offset + 2 ? UInt32(packet[offset]) | UInt32(packet[offset + 1]) << 8 : 0
            #expect(results[index] == etherType | UInt32(index % 4 + 1) << 16, "packet \(index)")
        }
    }

    @Test(arguments: Engine.allCases)
    func controlWordsStartAsZeros(engine: Engine) throws {
        let code: InstructionSequence = [
            .load(.word, .r0, .r1, 48), .load(.word, .r2, .r1, 64), .alu(.add, .r0, .register(.r2)),
            .alu(.add, .r0, 1), .store(.word, .r1, 48, .register(.r0)), .store(.word, .r1, 64, .register(.r0)), .exit,
        ]
        let executable = try Executable(
            Verifier().verify(ProgramSpec(type: .socketFilter, code: code)), engine: engine)
        var (batch, _) = Self.batch(10)
        var results: [UInt32] = []
        executable.run(batch: &batch, results: &results, worker: Worker())
        #expect(results == [UInt32](repeating: 1, count: 10))
    }

    @Test(arguments: Engine.allCases)
    func recordsOutsideTheStorageGiveZero(engine: Engine) throws {
        let spec = ProgramSpec(type: .socketFilter, code: [.move(.r0, 7), .exit])
        let executable = try Executable(Verifier().verify(spec), engine: engine)
        var (batch, _) = Self.batch(3)
        batch.storage.removeLast(1)
        var results: [UInt32] = []
        executable.run(batch: &batch, results: &results, worker: Worker())
        #expect(results == [7, 7, 0])
    }
}
