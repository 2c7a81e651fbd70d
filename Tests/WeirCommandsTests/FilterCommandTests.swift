import Foundation
import Testing
import Weir
import WeirCommands

@Suite struct FilterCommandTests {
    static let first = "01:46:40.123456 IP 10.0.0.1.1234 > 10.0.0.2.53: "

    private func filter(_ arguments: String..., input: [UInt8]) -> Invocation {
        Invocation(["filter"] + arguments, input: input)
    }

    @Test func printsALineForEachMatch() throws {
        let run = filter("udp", "port", "53", input: try SampleCapture.three())
        #expect(run.status == .done)
        let lines = run.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix(Self.first))
        #expect(lines[1].hasPrefix("01:46:42.123456 IP"))
        #expect(run.messages.withoutTime == "3 packets read, 2 matched, 92 bytes, T s, R Mpps\n")
    }

    @Test func everythingMatchesNoExpression() throws {
        let run = filter(input: try SampleCapture.three())
        #expect(run.text.split(separator: "\n").count == 3)
        #expect(run.messages.withoutTime == "3 packets read, 3 matched, 134 bytes, T s, R Mpps\n")
    }

    @Test func timesAreAsFineAsTheCapture() throws {
        let header = PcapHeader(linkType: .ethernet, resolution: .nanoseconds)
        let run = filter(input: try SampleCapture.pcap([SampleCapture.arp], header))
        #expect(run.text.hasPrefix("01:46:40.123456789 ARP"))
    }

    @Test func counts() throws {
        let run = filter("--count", "udp", input: try SampleCapture.three())
        #expect(run.text == "2\n")
        #expect(run.messages.withoutTime == "3 packets read, 2 matched, 92 bytes, T s, R Mpps\n")
        #expect(filter("--count", "-q", "udp", input: try SampleCapture.three()).messages == "")
    }

    @Test func countsAsJSON() throws {
        let run = filter("--count", "--json", "udp", input: try SampleCapture.three())
        #expect(
            run.text
                == #"{"packets_read": 3, "packets_matched": 2, "bytes": 92, "captured_bytes": 92, "complete": true}"#
                + "\n")
        #expect(run.messages.withoutTime == "\(run.text.dropLast(2)), \"seconds\": T}\n")
    }

    @Test func linesAsJSON() throws {
        let run = filter("--json", "arp", input: try SampleCapture.three())
        let expected =
            #"{"number": 2, "nanoseconds": 1000000001123456000, "length": 42, "captured": 42, "interface": 0, "#
            + #""link_type": 1, "line": "01:46:41.123456 ARP"#
        #expect(run.text.hasPrefix(expected))
        #expect(run.messages.hasPrefix(#"{"packets_read": 3, "packets_matched": 1, "bytes": 42"#))
    }

    @Test func limits() throws {
        let run = filter("-c", "1", "udp", input: try SampleCapture.three())
        #expect(run.text.split(separator: "\n").count == 1)
        #expect(run.messages.withoutTime == "1 packets read, 1 matched, 46 bytes, T s, R Mpps\n")
    }

    @Test func engineIsSaid() throws {
        let run = filter("-v", "--count", "udp", input: try SampleCapture.three())
        #expect(run.messages.contains("weir: link type EN10MB: 12 classic instructions, "))
        #expect(run.messages.contains("run by the interpreter\n"))
        let loop = filter("-v", "--count", "ip6 protochain 58", input: try SampleCapture.three())
        #expect(loop.messages.contains("run by the classic evaluator: instruction "))
    }

    @Test func emptyCaptures() throws {
        let run = filter("--count", "udp", input: try SampleCapture.pcap([]))
        #expect(run.status == .done)
        #expect(run.text == "0\n")
        #expect(run.messages.withoutTime == "0 packets read, 0 matched, 0 bytes, T s, R Mpps\n")
    }

    // MARK: Writing

    @Test(arguments: ByteOrder.allCases, [TimeResolution.microseconds, .nanoseconds])
    func writesTheSameFormat(byteOrder: ByteOrder, resolution: TimeResolution) throws {
        let header = PcapHeader(
            linkType: .ethernet, snapLength: 1000, resolution: resolution, byteOrder: byteOrder)
        let packets = [SampleCapture.udp, SampleCapture.arp, SampleCapture.udp]
        let whole = try SampleCapture.pcap(packets, header)
        #expect(filter("-w", "-", input: whole).output == whole)
        let run = filter("-w", "-", "udp", input: whole)
        #expect(run.output.prefix(24) == whole.prefix(24))
        #expect(Array(run.output[24...]) == Array(whole[24..<86] + whole[144...]))
        #expect(run.messages.withoutTime == "3 packets read, 2 matched, 92 bytes, T s, R Mpps\n")
    }

    @Test func writesPcapng() throws {
        let interface = CaptureInterface(linkType: .ethernet, resolution: .nanoseconds)
        let whole = try SampleCapture.pcapng([(interface, packets: [SampleCapture.udp, SampleCapture.arp])])
        let part = try SampleCapture.pcapng([(interface, packets: [SampleCapture.udp])])
        #expect(filter("-w", "-", "udp", input: whole).output == part)
    }

    @Test func writesFiles() throws {
        let folder = try TemporaryFolder()
        let input = try SampleCapture.three()
        try folder.write("in.pcap", input)
        let run = Invocation("filter", "-r", folder.path("in.pcap"), "-w", folder.path("out.pcap"))
        #expect(run.status == .done)
        #expect(run.output == [])
        #expect(try folder.contents("out.pcap") == input)
        #expect(try folder.names == ["in.pcap", "out.pcap"])
    }

    @Test func cutsPackets() throws {
        let run = filter("-w", "-", "-s", "14", input: try SampleCapture.three())
        let reader = try CaptureReader(MemorySource(run.output))
        var batch = PacketBatch()
        #expect(try reader.read(into: &batch))
        #expect(batch.records.map(\.capturedLength) == [14, 14, 14])
        #expect(batch.records.map(\.originalLength) == [46, 42, 46])
    }

    @Test func keepsWhatAProgramKeeps() throws {
        let folder = try TemporaryFolder()
        let program = "r6 = r1\nr0 = *(u16 *)skb[12]\nif r0 != 0x806 goto drop\nr0 = 20\nexit\ndrop: r0 = 0\nexit\n"
        try folder.write("arp.s", Array(program.utf8))
        let input = try SampleCapture.three()
        let run = Invocation("filter", "--program", folder.path("arp.s"), "-w", "-", input: input)
        #expect(run.output.count == 24 + 16 + 20)
        let binary = Invocation("asm", folder.path("arp.s")).output
        try folder.write("arp.bin", binary)
        #expect(Invocation("filter", "--program", folder.path("arp.bin"), "-w", "-", input: input).output == run.output)
        // The same by actions; what the program makes of a packet is not written.
        let actions = program.replacing("r0 = 20", with: "r1 = r6\nr2 = 64\nr3 = 0\ncall 38\nr0 = 0").replacing(
            "drop: r0 = 0", with: "drop: r0 = 2")
        try folder.write("actions.s", Array((".type sched_cls\n" + actions).utf8))
        let kept = Invocation("filter", "--program", folder.path("actions.s"), "-w", "-", input: input)
        let expected = Invocation("filter", "arp", "-w", "-", input: input)
        #expect(kept.output == expected.output)
        #expect(kept.messages.contains("TC_ACT_OK "))
        #expect(kept.messages.contains("TC_ACT_SHOT "))
        let count = Invocation("filter", "--program", folder.path("arp.s"), "--count", "--json", input: input)
        #expect(count.text.contains(#""bytes": 42, "captured_bytes": 20"#))
    }
}
