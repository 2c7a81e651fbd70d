import Foundation
import Testing
import Weir

/// The library at its point of use, as its documentation shows it.
@Suite struct UsageTests {
    private func sample() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString).pcap")
        try Data(try Sample.pcap([Sample.ipv4, Sample.arp, Sample.ipv6])).write(to: url)
        return url.path
    }

    @Test func packetsThatMatchAnExpression() throws {
        let path = try sample()
        defer { try? FileManager.default.removeItem(atPath: path) }

        var lines: [String] = []
        let line = PacketLine()
        try CaptureFile(path: path).forEachPacket(matching: "arp or ip6") { record, packet in
            var text: [UInt8] = []
            line.write(packet, of: record, to: &text)
            lines.append(String(decoding: text, as: UTF8.self))
        }
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("00:00:00.001000 ARP"))
    }

    @Test func aProgramOfOnesOwn() throws {
        let path = try sample()
        defer { try? FileManager.default.removeItem(atPath: path) }

        let keepIPv4: InstructionSequence = [
            .alu(.mov, .r6, .register(.r1)),  // packet loads take their context from r6
            .loadPacket(at: 12, .half),  // r0 = EtherType, host order
            .jump(if: .notEqual, .r0, 0x0800, skip: 2),
            .alu(.mov, .r0, 0xffff), .exit,
            .alu(.mov, .r0, 0), .exit,
        ]
        let spec = ProgramSpec(name: "keep_ipv4", type: .socketFilter, code: keepIPv4)  // inert
        let verified = try Verifier().verify(spec)
        let program = try Executable(verified, engine: .interpreter)  // only a verified program is accepted

        var verdicts: [UInt64: Int] = [:]
        let worker = Worker()
        try CaptureFile(path: path).forEachPacket { _, packet in
            verdicts[program.run(on: packet, worker: worker), default: 0] += 1
        }
        #expect(verdicts == [0xffff: 1, 0: 2])
        #expect(try CaptureFile(path: path).count(matching: PacketFilter(program)).packetsKept == 1)
    }

    @Test func helpersOfOnesOwn() throws {
        let known: Set<UInt8> = [10]
        let text = """
                *(u8 *)(r10 - 1) = 10
                r1 = r10
                r1 += -1
                r2 = 1
                call 65536
                exit
            """

        var helpers = HelperRegistry()
        try helpers.register("is_known", id: HelperTable.firstOwnID, [.readableMemory, .size]) { arguments in
            arguments.withBytes(0) { address in known.contains(address[0]) ? 1 : 0 }
        }
        let program = try Executable.load(ProgramSpec(assembly: text), helpers: helpers)

        #expect(program.run(on: [UInt8]().span, worker: Worker()) == 1)
        #expect(throws: ProgramError.self) { try Executable.load(ProgramSpec(assembly: text)) }
    }

    @Test func aCopyWithSomeOfThePackets() throws {
        let path = try sample()
        defer { try? FileManager.default.removeItem(atPath: path) }

        let sink = MemorySink()
        var capture = try CaptureFile(path: path).open(matching: "not arp")
        let copier = CaptureCopier(capture.reader.format, to: sink)
        var batch = PacketBatch()
        while try capture.read(into: &batch) { try copier.copy(batch, keeping: capture.verdicts) }
        try sink.finish()
        let expected = try Sample.pcap([Sample.ipv4]) + packet(2, Sample.ipv6)
        #expect(sink.bytes == expected)
    }

    /// A record of a pcap file as the sample writes them.
    private func packet(_ milliseconds: UInt32, _ bytes: [UInt8]) -> [UInt8] {
        [0, milliseconds * 1000, UInt32(bytes.count), UInt32(bytes.count)].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        } + bytes
    }

    @Test func flowsOfACapture() throws {
        let path = try sample()
        defer { try? FileManager.default.removeItem(atPath: path) }

        var counter = FlowCounter(by: .host, twoWay: true)
        var capture = try CaptureFile(path: path).open()
        var batch = PacketBatch()
        while try capture.read(into: &batch) { try counter.count(&batch, capture.verdicts) }
        let table = try counter.table()
        #expect(table.packets == 3)
        #expect(table.rows(by: .bytes, limit: 10) == [])
        #expect(table.reasons.map(\.reason) == [.invalidNetwork, .arp])
    }
}
