import Foundation
import Testing
import Weir

@Suite struct CaptureFileTests {
    /// Makes a file for the time of a test.
    private func withFile(_ bytes: [UInt8], _ body: (CaptureFile) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString).pcap")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(CaptureFile(path: url.path))
    }

    @Test func everyPacketComesByInOrder() throws {
        try withFile(try Sample.pcap([Sample.ipv4, Sample.arp, Sample.ipv6])) { file in
            var seen: [(UInt32, UInt64, UInt8)] = []
            let tally = try file.forEachPacket { record, packet in
                seen.append((record.originalLength, record.nanoseconds, packet[13]))
            }
            #expect(seen.map(\.0) == [60, 42, 80])
            #expect(seen.map(\.1) == [0, 1_000_000, 2_000_000])
            #expect(seen.map(\.2) == [0x00, 0x06, 0xdd])
            #expect(tally.packetsRead == 3)
            #expect(try file.count(matching: "arp").packetsKept == 1)
        }
    }

    @Test func errorsOfTheBodyComeThrough() throws {
        struct Enough: Error {}
        try withFile(try Sample.pcap([Sample.ipv4, Sample.arp])) { file in
            var count = 0
            #expect(throws: Enough.self) {
                try file.forEachPacket(matching: "ip or arp") { _, _ in
                    count += 1
                    throw Enough()
                }
            }
            #expect(count == 1)
        }
    }

    @Test func damageComesAfterTheGoodPackets() throws {
        let bytes = Array(try Sample.pcap([Sample.ipv4, Sample.arp]).dropLast(1))
        try withFile(bytes) { file in
            var count = 0
            let error = #expect(throws: PipelineError.self) { try file.forEachPacket { _, _ in count += 1 } }
            #expect(count == 1)
            #expect(
                error?.description
                    == "\(file.path): at byte 100: the file ends after 41 of the 42 bytes of a packet")
        }
    }

    @Test func missingFiles() {
        let error = #expect(throws: PipelineError.self) { try CaptureFile(path: "/nowhere/x").count() }
        #expect(error?.description == "/nowhere/x: cannot be opened: no such file or directory (ENOENT)")
    }
}
