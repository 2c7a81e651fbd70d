import ByteStreams
import PacketBuffers
import PacketFiles
import TestKit
import Testing

/// No bytes, however wrong, do more than end in a clean error.
@Suite struct CaptureMutationTests {
    /// Values that lengths and counts go wrong at.
    static let interesting: [UInt32] = [
        0, 1, 2, 3, 4, 8, 12, 16, 20, 28, 32, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 262_144, 262_145,
        0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_fffc, 0xffff_ffff, 0x0a0d_0d0a, 0x1a2b_3c4d,
    ]

    /// A damaged copy of a capture: bytes anywhere, or one of the words its lengths are written in.
    static func mutate(_ file: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        if random.oneIn(2) { return random.mutation(of: file, splicing: SampleFiles.all) }
        var file = file
        let place = Int.random(in: 0..<file.count / 4, using: &random) * 4
        let value = random.pick(interesting)
        let isBig = random.oneIn(2)
        for index in 0..<4 {
            file[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(isBig ? 24 - 8 * index : 8 * index))
        }
        return random.oneIn(3) ? mutate(file, &random) : file
    }

    /// What must hold for any bytes: records inside the storage, and a copy that says the same.
    static func check(_ file: [UInt8], _ random: inout SeededRandom) -> Bool {
        let piece = random.oneIn(2) ? Int.max : Int.random(in: 1...64, using: &random)
        var isSound = true
        do throws(CaptureError) {
            let reader = try CaptureReader(MemorySource(file, pieceLimit: piece))
            let copier = CaptureCopier(reader.format, to: MemorySink(), snapLength: random.oneIn(2) ? 30 : nil)
            var batch = PacketBatch(capacity: 128)
            while try reader.read(into: &batch) {
                let bounds = 0..<batch.storage.count
                for record in batch.records {
                    isSound = isSound && record.recordRange.clamped(to: bounds) == record.recordRange
                    isSound = isSound && record.dataRange.clamped(to: record.recordRange) == record.dataRange
                    isSound = isSound && Int(record.interface) < reader.interfaces.count
                }
                let keep = UInt32.random(in: 0...100, using: &random)
                try? copier.copy(batch, keeping: [UInt32](repeating: keep, count: batch.records.count))
            }
        } catch {
            isSound = isSound && !error.message.isEmpty
        }
        return isSound
    }

    @Test func `a mutated capture ends in records or an error`() {
        var random = Mutation.random("captures")
        for number in 0..<Mutation.count {
            let file = Self.mutate(random.pick(SampleFiles.all), &random)
            guard Self.check(file, &random) else {
                Issue.record("input \(number): \(file.hex)")
                return
            }
        }
    }
}
