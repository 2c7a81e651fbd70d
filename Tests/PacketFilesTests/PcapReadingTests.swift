import ByteStreams
import PacketBuffers
import PacketFiles
import Testing

@Suite struct PcapReadingTests {
    @Test func `a file of no bytes is no capture`() {
        let error = #expect(throws: CaptureError.self) { try CaptureReader(MemorySource([], name: "x")) }
        #expect(error?.description == "x: at byte 0: not a capture file, it has no bytes")
    }
}
