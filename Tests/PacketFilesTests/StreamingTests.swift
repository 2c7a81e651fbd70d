import ByteStreams
import PacketBuffers
import PacketFiles
import Testing

/// How a capture arrives makes no difference to what is in it.
@Suite struct StreamingTests {
    @Test func `pieces of every size give what one piece gives`() {
        for file in SampleFiles.all {
            let whole = CaptureContents(file)
            #expect(whole.error == nil)
            #expect(whole.everything == file)
            for piece in 1..<file.count { #expect(CaptureContents(file, piece: piece) == whole, "pieces of \(piece)") }
        }
    }

    @Test func `storages of every size give what a large one gives`() {
        for file in SampleFiles.all {
            let whole = CaptureContents(file)
            for capacity in 0..<file.count {
                #expect(CaptureContents(file, capacity: capacity) == whole, "a storage of \(capacity)")
            }
        }
    }

    @Test func `a file cut anywhere gives a prefix of its packets`() {
        for file in SampleFiles.all {
            let whole = CaptureContents(file)
            for length in 0..<file.count {
                let cut = CaptureContents(Array(file.prefix(length)))
                #expect(cut.packets == Array(whole.packets.prefix(cut.packets.count)), "cut at \(length)")
                #expect(cut.everything == Array(file.prefix(cut.everything.count)), "cut at \(length)")
                #expect(cut.error != nil || cut.everything.count == length, "cut at \(length)")
            }
        }
    }

    @Test func `packets larger than the storage are read whole`() {
        var file = HandMadeFile.pcap(.big, snapLength: 0)
        for length in [10, 200_000, 20, 262_144] { file.record([UInt8](repeating: 3, count: length)) }
        let contents = CaptureContents(file.bytes, piece: 1000, capacity: 64)
        #expect(contents.packets.map(\.bytes.count) == [10, 200_000, 20, 262_144])
    }

    @Test func `a storage does not grow ahead of the bytes`() throws {
        var file = HandMadeFile.pcapng(.little)
        file.interface()
        file.word(0xbad, 16 << 20, 1, 2, 3)
        let reader = try CaptureReader(MemorySource(file.bytes, name: "x"))
        var batch = PacketBatch(capacity: 256)
        #expect(try reader.read(into: &batch))
        #expect(throws: CaptureError.self) { try reader.read(into: &batch) }
        #expect(batch.storage.count <= 8192)
    }
}
