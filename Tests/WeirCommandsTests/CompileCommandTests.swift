import Foundation
import Testing
import WeirCommands

@Suite struct CompileCommandTests {
    /// What tcpdump 4.99.3 with libpcap 1.10.3 prints for `arp`.
    static let listings: [(arguments: [String], text: String)] = [
        (
            ["-d"],
            "(000) ldh      [12]\n(001) jeq      #0x806           jt 2\tjf 3\n(002) ret      #262144\n(003) ret      #0\n"
        ),
        (
            ["-dd"],
            "{ 0x28, 0, 0, 0x0000000c },\n{ 0x15, 0, 1, 0x00000806 },\n{ 0x6, 0, 0, 0x00040000 },\n"
                + "{ 0x6, 0, 0, 0x00000000 },\n"
        ),
        (["-ddd"], "4\n40 0 0 12\n21 0 1 2054\n6 0 0 262144\n6 0 0 0\n"),
        (["-d", "-d", "-d", "-s", "96"], "4\n40 0 0 12\n21 0 1 2054\n6 0 0 96\n6 0 0 0\n"),
        (["-ddd", "-y", "LINUX_SLL"], "4\n40 0 0 14\n21 0 1 2054\n6 0 0 262144\n6 0 0 0\n"),
        (["-ddd", "-y", "113"], "4\n40 0 0 14\n21 0 1 2054\n6 0 0 262144\n6 0 0 0\n"),
    ]

    @Test(arguments: listings)
    func printsWhatTcpdumpPrints(arguments: [String], text: String) {
        let run = Invocation(["compile"] + arguments + ["arp"])
        #expect(run.status == .done)
        #expect(run.text == text)
        #expect(run.messages == "")
    }

    @Test func assemblyIsTheDefault() {
        #expect(Invocation("compile", "arp").text == Self.listings[0].text)
        #expect(Invocation("compile").text == "(000) ret      #262144\n")
    }

    @Test func wordsAreJoined() {
        let one = Invocation("compile", "-ddd", "tcp port 80 and not host 10.0.0.1")
        let many = Invocation("compile", "tcp", "port", "80", "and", "not", "host", "10.0.0.1", "-ddd")
        #expect(one.status == .done)
        #expect(one.text == many.text)
    }

    @Test func expressionFromStandardInput() {
        let run = Invocation("compile", "-ddd", "-F", "-", input: Array("arp\n".utf8))
        #expect(run.text == Self.listings[2].text)
        let commented = Array("# what we want\narp # and \n#ip".utf8)
        #expect(Invocation("compile", "-ddd", "-F", "-", input: commented).text == run.text)
    }

    @Test func optimizerAndNetmask() {
        let unoptimized = Invocation("compile", "-ddd", "-O", "tcp port 80").text
        let optimized = Invocation("compile", "-ddd", "tcp port 80").text
        #expect(unoptimized.count > optimized.count)
        let dotted = Invocation("compile", "--netmask", "255.255.255.0", "ip broadcast")
        #expect(dotted.status == .done)
        #expect(dotted.text == Invocation("compile", "--netmask", "/24", "ip broadcast").text)
    }

    @Test func json() {
        #expect(
            Invocation("compile", "--json", "-y", "RAW", "-O", "-s", "64", "").text
                == #"{"expression": "", "link_type": 101, "link_type_name": "RAW", "snaplen": 64, "optimized": false, "#
                + #""classic": [{"text": "ret      #64", "code": 6, "jt": 0, "jf": 0, "k": 64}], "#
                + #""ebpf": [{"slot": 0, "text": "r6 = r1", "source": null}, "#
                + #"{"slot": 1, "text": "w0 = 64", "source": 0}, {"slot": 2, "text": "exit", "source": 0}]}"# + "\n")
    }

    @Test func ebpfAssemblesAgain() {
        let run = Invocation("compile", "--ebpf", "tcp port 80")
        #expect(run.status == .done)
        #expect(Invocation("asm", "-", input: run.output).status == .done)
        let loop = Invocation("compile", "--ebpf", "ip6 protochain 58")
        #expect(loop.status == .failed)
        #expect(loop.messages.hasPrefix("weir: instruction 18: jump back to instruction 4 makes a loop; "))
    }

    static let refusals: [Refusal] = [
        .failure(
            "vlan", "-y", "RAW", message: "no VLAN support for Raw IP; see pcap-filter(7) for what it takes"),
        .failure(
            "tcp port",
            message: "can't parse filter expression: syntax error; see pcap-filter(7); a keyword meant as a name "
                + #"needs a backslash, as in 'ip proto \tcp'"#),
        .failure("-F", "/nowhere/x", message: "/nowhere/x: cannot be opened: no such file or directory (ENOENT)"),
        .failure("-F", "-", input: "\0", message: "filter expression has a NUL byte at offset 0; remove it"),
        .failure(
            "-s", "0", "ip",
            message: "snapshot length 0 is not from 1 through 2147483647; use 262144 for whole packets"),
        .usage("ip", "-F", "x", message: "the expression is given twice, as an argument and with -F"),
        .usage("-dddd", "ip", message: "-d can be given up to three times, not 4 times"),
        .usage("-d", "--ebpf", "ip", message: "-d, --ebpf and --json exclude each other"),
        .usage("-y", "NOSUCH", "ip", message: "the value 'NOSUCH' is invalid for '-y <name>'"),
        .usage("--netmask", "/33", "ip", message: "the value '/33' is invalid for '--netmask <mask>'"),
        .usage("-s", "x", "ip", message: "the value 'x' is invalid for '-s <bytes>'"),
        .usage("--unknown", "ip", message: "unknown option '--unknown'"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "compile") }
}
