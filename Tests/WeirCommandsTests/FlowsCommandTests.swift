import Foundation
import Testing
import Weir
import WeirCommands

/// `weir flows`.
@Suite struct FlowsCommandTests {
    static let captures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Captures").path

    private func flows(_ capture: String, _ arguments: String...) -> Invocation {
        Invocation(["flows", "\(Self.captures)/\(capture)", "-q"] + arguments)
    }

    @Test func tableAndTotals() {
        let run = flows("big-endian.pcap")
        #expect(run.status == .done)
        #expect(run.messages == "")
        #expect(
            run.text == """
                PROTO  SOURCE           DESTINATION   PACKETS >  BYTES >  < PACKETS  < BYTES  PACKETS  BYTES  FLAGS  START            DURATION
                tcp    192.0.2.1:40000  192.0.2.2:80          2    113 B          2    108 B        4  221 B  FSP.   00:00:00.003000   0.005 s
                udp    192.0.2.1:5353   192.0.2.2:53          1     50 B          1     52 B        2  102 B  -      00:00:00.001000   0.001 s
                icmp6  2001:db8::1      2001:db8::2           1     66 B          0      0 B        1   66 B  -      00:00:00.007000   0.000 s
                icmp   192.0.2.1        192.0.2.2             1     46 B          0      0 B        1   46 B  -      00:00:00.006000   0.000 s
                4 flows: 8 packets, 435 B
                in no flow, arp: 1 packet, 42 B
                in all: 9 packets read

                """)
    }

    @Test func expressionIsAppliedBefore() {
        #expect(
            flows("big-endian.pcap", "udp", "--by", "proto").text == """
                PROTO  PACKETS  BYTES  START            DURATION
                udp          2  102 B  00:00:00.001000   0.001 s
                1 flow: 2 packets, 102 B
                not matched: 7 packets
                in all: 9 packets read

                """)
    }

    @Test func rowsAreLimitedAndOrdered() {
        #expect(
            flows("big-endian.pcap", "--directional", "--sort", "first", "-n", "2").text == """
                PROTO  SOURCE          DESTINATION     PACKETS  BYTES  FLAGS  START            DURATION
                udp    192.0.2.1:5353  192.0.2.2:53          1   50 B  -      00:00:00.001000   0.000 s
                udp    192.0.2.2:53    192.0.2.1:5353        1   52 B  -      00:00:00.002000   0.000 s
                6 flows (4 not shown): 8 packets, 435 B
                in no flow, arp: 1 packet, 42 B
                in all: 9 packets read

                """)
    }

    @Test func fullTableIsSaid() {
        let lines = flows("big-endian.pcap", "--capacity", "1", "--by", "proto").text.split(separator: "\n")
        #expect(lines.contains("in no flow, flow table full: 6 packets, 333 B"))
        #expect(lines.last == "there was room for 1 flow; give more with --capacity")
    }

    @Test func commaSeparatedValues() {
        #expect(
            flows("tagged.pcap", "--csv", "--by", "vlan").text == """
                vlan,packets,bytes,tcp_flags,first_nanoseconds,last_nanoseconds
                7,3,198,2,1577836800003000000,1577836800005000000
                42,2,130,2,1577836800000000000,1577836800001000000
                0,1,52,0,1577836800002000000,1577836800002000000

                """)
    }

    @Test func json() {
        #expect(
            flows("raw-ip.pcap", "--json", "-n", "1").text
                == #"{"flows": [{"source": "2001:db8::1", "destination": "2001:db8::2", "source_port": 1000, "#
                + #""destination_port": 2000, "protocol": 6, "packets": 1, "bytes": 60, "forward_packets": 1, "#
                + #""forward_bytes": 60, "backward_packets": 0, "backward_bytes": 0, "tcp_flags": 2, "#
                + #""first_nanoseconds": 1577836800001000000, "last_nanoseconds": 1577836800001000000}], "#
                + #""in_no_flow": [{"reason": "truncated ip header", "packets": 1, "bytes": 0}, "#
                + #"{"reason": "bad ip header", "packets": 1, "bytes": 4}], "flow_count": 3, "flow_packets": 3, "#
                + #""flow_bytes": 126, "summary": {"packets_read": 5, "packets_matched": 5, "bytes": 130, "#
                + #""captured_bytes": 130, "complete": true}}"# + "\n")
    }

    @Test func severalLinkTypesShareTheTable() throws {
        let answer = SampleCapture.udp.dropFirst(14)
        let input = try SampleCapture.pcapng([
            (CaptureInterface(linkType: .ethernet), packets: [SampleCapture.udp]),
            (CaptureInterface(linkType: .raw), packets: [Array(answer)]),
        ])
        let run = Invocation(["flows", "-", "--csv"], input: input)
        #expect(run.text.split(separator: "\n").count == 2)
        #expect(run.text.contains("\n10.0.0.1,10.0.0.2,1234,53,17,2,78,2,78,0,0,0,"))
        #expect(run.messages.withoutTime == "2 packets read, 2 matched, 78 bytes, T s, R Mpps\n")
    }

    @Test func damagedCaptureYieldsItsGoodPrefix() {
        let run = Invocation("flows", "\(Self.captures)/truncated.pcap", "-q", "--by", "proto")
        #expect(run.status == .failed)
        #expect(run.text.hasSuffix("in all: 8 packets read\n"))
        #expect(
            run.messages
                == "weir: \(Self.captures)/truncated.pcap: at byte 575: the file ends after 47 of the 54 bytes "
                + "of a packet; the 8 packets before it were read\n")
    }

    @Test func interruptionIsReported() {
        let interruption = Interruption()
        interruption.request()
        let run = Invocation(["flows", "\(Self.captures)/mixed.pcap", "-q"], interruption: interruption)
        #expect(run.status == .interrupted)
        #expect(run.messages.hasPrefix("weir: interrupted after "))
        #expect(run.text.contains("in all: "))
    }

    static let refusals: [Refusal] = [
        .usage(message: "missing expected argument '<file>'"),
        .usage("x", "--csv", "--json", message: "--csv and --json exclude each other"),
        .usage("x", "-n=-1", message: "-n needs a number of rows, 0 or more"),
        .usage("x", "--capacity", "0", message: "--capacity needs a number of flows from 1 to 268435456"),
        .usage(
            "x", "--by", "colour",
            message:
                "the value 'colour' is invalid for '--by <what>'. Please provide one of '5tuple', 'host', 'port', 'proto' or 'vlan'"
        ),
        .failure("/nowhere/x", message: "/nowhere/x: cannot be opened: no such file or directory (ENOENT)"),
        .failure("-", message: "standard input: at byte 0: not a capture file, it has no bytes"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "flows") }
}
