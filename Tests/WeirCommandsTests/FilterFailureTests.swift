import Foundation
import Testing
import Weir
import WeirCommands

/// What `weir filter` does where something is wrong with what it is given.
@Suite struct FilterFailureTests {
    private func filter(_ arguments: String..., input: [UInt8]) -> Invocation {
        Invocation(["filter"] + arguments, input: input)
    }

    @Test func cutShort() throws {
        let input = Array(try SampleCapture.three().dropLast(3))
        let run = filter("--count", input: input)
        #expect(run.status == .failed)
        #expect(run.text == "2\n")
        #expect(
            run.messages.withoutTime == """
                2 packets read, 2 matched, 88 bytes, T s, R Mpps
                weir: standard input: at byte 144: the file ends after 43 of the 46 bytes of a packet; the 2 packets \
                before it were read

                """)
        #expect(filter("--count", "--json", input: input).text.contains(#""complete": false"#))
    }

    @Test func goodPrefixIsWritten() throws {
        let folder = try TemporaryFolder()
        let whole = try SampleCapture.three()
        try folder.write("in.pcap", Array(whole.dropLast(3)))
        let run = Invocation("filter", "-r", folder.path("in.pcap"), "-w", folder.path("out.pcap"))
        #expect(run.status == .failed)
        #expect(try folder.contents("out.pcap") == Array(whole.prefix(144)))
        #expect(run.messages.contains("in.pcap: at byte 144: the file ends after"))
    }

    @Test func interruptedBeforeTheFirstByte() {
        let interruption = Interruption()
        interruption.request()
        for arguments in [["filter", "--count"], ["flows", "-"]] {
            let run = Invocation(arguments, input: [], interruption: interruption)
            #expect(run.status == .interrupted)
            #expect(run.text == "")
            #expect(run.messages == "weir: interrupted after 0 packets\n")
        }
    }

    @Test func theInputIsNotOverwritten() throws {
        let folder = try TemporaryFolder()
        let input = try SampleCapture.three()
        try folder.write("in.pcap", input)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.pcap"), withDestinationPath: folder.path("in.pcap"))
        for (source, target) in [("in.pcap", "in.pcap"), ("in.pcap", "link.pcap"), ("link.pcap", "in.pcap")] {
            let run = Invocation("filter", "-r", folder.path(source), "-w", folder.path(target), "arp")
            #expect(run.status == .failed)
            #expect(run.messages == "weir: \(folder.path(target)): is the file being read; write to another one\n")
            #expect(try folder.contents("in.pcap") == input)
        }
    }

    @Test func nothingIsWrittenWhereNothingIsRead() throws {
        let folder = try TemporaryFolder()
        let run = Invocation("filter", "-w", folder.path("out.pcap"), "vlan[", input: try SampleCapture.three())
        #expect(run.status == .failed)
        #expect(Invocation("filter", "-w", folder.path("out.pcap"), input: [1, 2, 3]).status == .failed)
        #expect(try folder.names == [])
    }

    @Test func fullDisks() throws {
        let run = filter("-w", "/dev/full", input: try SampleCapture.three())
        #expect(run.status == .failed)
        #expect(
            run.messages == "weir: /dev/full: cannot be written at byte 0: no space left on the device (ENOSPC)\n")
    }

    @Test func refusedOnSomeLinkTypes() throws {
        let input = try SampleCapture.pcapng([
            (CaptureInterface(linkType: .ethernet), packets: [SampleCapture.arp, SampleCapture.udp]),
            (CaptureInterface(linkType: .raw), packets: [Array(SampleCapture.udp.dropFirst(14))]),
        ])
        let run = filter("--count", "arp", input: input)
        #expect(run.status == .done)
        #expect(run.text == "1\n")
        #expect(
            run.messages.withoutTime == """
                weir: packets left out: expression rejects all packets (on link type RAW); its terms exclude each \
                other on this link type; check 'and' and 'not'
                3 packets read, 1 matched, 42 bytes, T s, R Mpps

                """)
        #expect(filter("--count", "udp", input: input).text == "2\n")
    }

    @Test func refusedOnEveryLinkType() throws {
        let header = PcapHeader(linkType: .raw)
        for packets in [[], [Array(SampleCapture.udp.dropFirst(14))]] {
            let run = filter("--count", "vlan", input: try SampleCapture.pcap(packets, header))
            #expect(run.status == .failed)
            #expect(run.text == "")
            #expect(
                run.messages
                    == "weir: no VLAN support for Raw IP (on link type RAW); see pcap-filter(7) for what it takes\n")
        }
        let packets = [Array(SampleCapture.udp.dropFirst(14))]
        let input = try SampleCapture.pcapng([(CaptureInterface(linkType: .raw), packets: packets)])
        #expect(filter("--count", "vlan", input: input).status == .failed)
    }

    @Test func interrupted() throws {
        let interruption = Interruption()
        interruption.request()
        let run = Invocation(
            ["filter", "--count"], input: try SampleCapture.three(), interruption: interruption)
        #expect(run.status == .interrupted)
        #expect(run.text == "3\n")
        #expect(run.messages.hasSuffix("weir: interrupted after 3 packets\n"))
    }

    @Test func terminals() throws {
        let run = Invocation(["filter"], terminals: Console.Terminals(input: true))
        #expect(run.status == .usage)
        #expect(
            run.messages == "weir: no capture; name one with -r, or pipe one in; see 'weir filter --help'\n")
        let binary = Invocation(
            ["filter", "-w", "-"], input: try SampleCapture.three(), terminals: Console.Terminals(output: true))
        #expect(binary.status == .usage)
        #expect(
            binary.messages
                == "weir: a capture is no text for a terminal; redirect the output, or name a file with -w; "
                + "see 'weir filter --help'\n")
    }

    static let refusals: [Refusal] = [
        .failure(message: "standard input: at byte 0: not a capture file, it has no bytes"),
        .failure(
            input: "hello, world, and more than twenty-four bytes",
            message: "standard input: at byte 0: not a pcap or pcapng file, it begins with 68 65 6c 6c"),
        .failure(
            "-r", "/nowhere/x.pcap",
            message: "/nowhere/x.pcap: cannot be opened: no such file or directory (ENOENT)"),
        .failure("-r", "/", message: "/: cannot be opened: is a directory (EISDIR)"),
        .failure(
            "--program", "/nowhere/x.s",
            message: "/nowhere/x.s: cannot be opened: no such file or directory (ENOENT)"),
        .usage("--program", "x.s", "udp", message: "an expression and --program exclude each other"),
        .usage("--map-dump", message: "--map-dump needs --program, whose maps it prints"),
        .usage(
            "--map-dump", "--program", "x.s", "-w", "-",
            message: "--map-dump prints on standard output, where -w - writes the capture"),
        .usage("-w", "x", "--count", message: "-w and --count exclude each other"),
        .usage("-c", "0", message: "-c needs a number of packets above 0"),
        .usage("-c", "-1", message: "missing value for '-c <count>'"),
        .usage("-s", "0", "-w", "-", message: "-s needs a number of bytes above 0"),
        .usage("-s", "10", message: "-s needs -w, for it cuts what is written"),
        .usage("-q", "-v", message: "-q and -v exclude each other"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "filter") }

    @Test func unsafePrograms() throws {
        let folder = try TemporaryFolder()
        try folder.write("bad.s", Array("r0 = *(u32 *)(r1 + 76)\nexit\n".utf8))
        let run = Invocation("filter", "--program", folder.path("bad.s"), input: try SampleCapture.three())
        #expect(run.status == .failed)
        #expect(run.messages.hasPrefix("weir: \(folder.path("bad.s")): the verifier refuses the program\n0: r0 = "))
        try folder.write("type.s", Array(".type kprobe\nr0 = 2\nexit\n".utf8))
        let wrong = Invocation("filter", "--program", folder.path("type.s"), input: try SampleCapture.three())
        #expect(
            wrong.messages
                == "weir: \(folder.path("type.s")): is a program of type kprobe; a filter is a socket_filter, sched_cls or xdp\n"
        )
    }
}
