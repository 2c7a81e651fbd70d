import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import Testing

/// One program and its maps serve many threads, each with its own worker.
@Suite struct SharingTests {
    /// Counts packets by their first byte in a shared hash, atomically.
    private static let count: InstructionSequence = [
        .move(.r6, .register(.r1)), .loadPacket(at: 0, .byte), .store(.word, .r10, -4, .register(.r0)),
        .loadWide(.r1, .map(1)), .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: 1),
        .jump(if: .notEqual, .r0, 0, skip: 14),
        .store(.double, .r10, -16, 0), .loadWide(.r1, .map(1)), .move(.r2, .register(.r10)), .alu(.add, .r2, -4),
        .move(.r3, .register(.r10)), .alu(.add, .r3, -16), .move(.r4, 1), .call(helper: 2),
        .loadWide(.r1, .map(1)), .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: 1),
        .jump(if: .equal, .r0, 0, skip: 2),
        .move(.r1, 1), .atomic(.modify(.add, fetch: false), .double, base: .r0, offset: 0, source: .r1),
        .move(.r0, 0), .exit,
    ]

    @Test func countsFromAllThreadsAddUp() async throws {
        let spec = MapSpec(type: .hash, keySize: 4, valueSize: 8, maxEntries: 256)
        let map = try Map(spec)
        let verified = try Verifier().verify(
            ProgramSpec(type: .socketFilter, code: Self.count, maps: [1: spec]))
        let executable = try Executable(verified, maps: [1: map])
        let threads = 4
        let rounds = 50
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<threads {
                group.addTask {
                    var batch = PacketBatch(capacity: 0)
                    for byte in 0..<256 {
                        batch.records.append(
                            PacketRecord(
                                dataOffset: batch.storage.count, recordOffset: batch.storage.count, recordLength: 1,
                                nanoseconds: 0, capturedLength: 1, originalLength: 1, linkType: .ethernet))
                        batch.storage.append(UInt8(byte))
                    }
                    let worker = Worker(id: UInt32(number))
                    var results: [UInt32] = []
                    for _ in 0..<rounds { executable.run(batch: &batch, results: &results, worker: worker) }
                }
            }
        }
        #expect(map.count == 256)
        for entry in try map.entries() {
            let value = entry.value.reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(value == threads * rounds)
        }
    }
}
