import ClassicBPF
import PacketBuffers
import PacketCapture
import PacketFiles
import Testing

@Suite struct FilterCompilerTests {
    @Test func compilesAsTcpdumpDoes() throws {
        let program = try FilterCompiler().compile("tcp port 80")
        #expect(
            program.listing() == """
                (000) ldh      [12]
                (001) jeq      #0x86dd          jt 2\tjf 8
                (002) ldb      [20]
                (003) jeq      #0x6             jt 4\tjf 19
                (004) ldh      [54]
                (005) jeq      #0x50            jt 18\tjf 6
                (006) ldh      [56]
                (007) jeq      #0x50            jt 18\tjf 19
                (008) jeq      #0x800           jt 9\tjf 19
                (009) ldb      [23]
                (010) jeq      #0x6             jt 11\tjf 19
                (011) ldh      [20]
                (012) jset     #0x1fff          jt 19\tjf 13
                (013) ldxb     4*([14]&0xf)
                (014) ldh      [x + 14]
                (015) jeq      #0x50            jt 18\tjf 16
                (016) ldh      [x + 16]
                (017) jeq      #0x50            jt 18\tjf 19
                (018) ret      #262144
                (019) ret      #0

                """)
    }

    @Test func settingsReachLibpcap() throws {
        #expect(try FilterCompiler().compile("").listing() == "(000) ret      #262144\n")
        #expect(try FilterCompiler(snapLength: 96).compile("").listing() == "(000) ret      #96\n")
        #expect(try FilterCompiler(linkType: .raw).compile("ip").listing(.decimal).hasPrefix("5\n48 0 0 0\n"))
        #expect(try FilterCompiler(optimizes: false).compile("tcp").instructions.count == 14)
        #expect(try FilterCompiler().compile("tcp").instructions.count == 12)
        let broadcast = try FilterCompiler(netmask: 0xffff_ff00).compile("ip broadcast")
        #expect(broadcast.listing().contains("jset     #0xff "))
    }

    /// The programs are those of `tcpdump -d -r` on empty files.
    @Test func filesHoldTheNumbersOfAnySystem() throws {
        func listing(_ origin: FilterCompiler.Origin) throws -> String {
            try FilterCompiler(linkType: .null, origin: origin).compile("ip6").listing()
        }
        #expect(try listing(.interface).contains("(001) jeq      #0xa000000       jt 2\tjf 3\n"))
        func fromFile(_ first: String, _ second: String, _ third: String) -> String {
            """
            (000) ld       [0]
            (001) jeq      #\(first) jt 4\tjf 2
            (002) jeq      #\(second) jt 4\tjf 3
            (003) jeq      #\(third) jt 4\tjf 5
            (004) ret      #262144
            (005) ret      #0

            """
        }
        #expect(
            try listing(.file(.little)) == fromFile("0x1e000000     ", "0x18000000     ", "0x1c000000     "))
        #expect(
            try listing(.file(.big)) == fromFile("0x1e           ", "0x18           ", "0x1c           "))
        expect(
            "inbound/outbound not supported on Ethernet when reading savefiles; see pcap-filter(7) for what it takes",
            from: FilterCompiler(origin: .file(.little)), for: "inbound")
    }

    /// Only on what files hold and don't hold do the two differ.
    @Test func otherwiseOriginChangesNothing() {
        let loopbacks = ["NULL", "LOOP", "ENC"]
        for linkType in LinkType.knownToLibpcap where !loopbacks.contains(linkType.libpcapName ?? "") {
            var compiler = FilterCompiler(linkType: linkType, nameLookup: .refused)
            for expression in FilterExpression.samples where expression.text != "inbound" {
                compiler.origin = .interface
                let interface = Result { () throws(FilterError) in try compiler.compile(expression) }
                compiler.origin = .file(.little)
                let file = Result { () throws(FilterError) in try compiler.compile(expression) }
                #expect(interface == file, "\(linkType.libpcapName ?? ""): \(expression)")
            }
        }
    }

    @Test func wordsAreJoinedWithSpaces() {
        #expect(FilterExpression(words: ["tcp", "port 80"]).text == "tcp port 80")
        #expect(FilterExpression(words: []).text.isEmpty)
    }

    @Test(arguments: [
        (
            "ip and",
            "can't parse filter expression: syntax error; see pcap-filter(7); a keyword meant as a name needs a backslash, as in 'ip proto \\tcp'"
        ),
        (
            "tcp and udp",
            "expression rejects all packets; its terms exclude each other on this link type; check 'and' and 'not'"
        ),
        ("ip broadcast", "netmask not known, so 'ip broadcast' not supported; give the network's mask"),
        ("port nosuchport", "unknown port 'nosuchport'; write the port's number"),
        ("ip proto nosuch", "unknown ip proto 'nosuch'; write the protocol's number"),
        ("ether proto lldp", "unknown ether proto 'lldp'; write the EtherType's number, as in 'ether proto 0x88cc'"),
        ("net 10.0.0.1/8", "non-network bits set in \"10.0.0.1/8\"; clear the bits behind the mask, or use 'host'"),
        ("vlan 5000", "VLAN tag 5000 greater than maximum 4095; see pcap-filter(7) for what it takes"),
        ("wlan type mgt", "802.11 link-layer types supported only on 802.11; use it on packets of that link type"),
        ("ip\0 or tcp", "filter expression has a NUL byte at offset 2; remove it"),
        (
            "host example",
            "'example' at offset 5 is a name that would have to be looked up; write the address, or allow name lookups"
        ),
    ])
    func refusals(expression: String, text: String) {
        expect(text, from: FilterCompiler(nameLookup: .refused), for: expression)
    }

    @Test func lengthIsBounded() {
        let long = String(repeating: " ", count: 16_385)
        expect(
            "filter expression of 16385 bytes exceeds the maximum of 16384; turn the optimizer off, which takes up to 65536",
            from: FilterCompiler(), for: long)
        #expect(throws: Never.self) { try FilterCompiler(optimizes: false).compile(FilterExpression(long)) }
        let longer = String(repeating: " ", count: 65_537)
        expect(
            "filter expression of 65537 bytes exceeds the maximum of 16384; split it into several filters",
            from: FilterCompiler(), for: longer)
        expect(
            "filter expression of 65537 bytes exceeds the maximum of 65536; split it into several filters",
            from: FilterCompiler(optimizes: false), for: longer)
    }

    @Test func snapLengthIsChecked() {
        for length in [0, -1, Int(Int32.max) + 1] {
            expect(
                "snapshot length \(length) is not from 1 through 2147483647; use 262144 for whole packets",
                from: FilterCompiler(snapLength: length), for: "ip")
        }
    }

    @Test func timeIsBounded() {
        let slow = (0..<150).map { "port \($0)" }.joined(separator: " or ")
        expect(
            "libpcap has not compiled the expression within 0.001 seconds; "
                + "shorten it, turn the optimizer off, or write addresses instead of names",
            from: FilterCompiler(timeLimit: .milliseconds(1)), for: slow)
        #expect(throws: Never.self) { try FilterCompiler(timeLimit: nil).compile("ip") }
    }

    @Test(arguments: ["(", "not ", "ip or ", "ip[", "len = 1 + ", "ether[1] = 2 or "], [true, false])
    func deepExpressionsEndCleanly(piece: String, optimizes: Bool) {
        let length = optimizes ? FilterCompiler.maximumOptimizedLength : 24_000
        let text = String(repeating: piece, count: (length - 2) / piece.utf8.count) + "ip"
        do throws(FilterError) {
            #expect(try !FilterCompiler(optimizes: optimizes).compile(FilterExpression(text)).instructions.isEmpty)
        } catch {
            #expect(error.code == .refused && !error.message.isEmpty)
        }
    }

    private func expect(_ text: String, from compiler: FilterCompiler, for expression: String) {
        do throws(FilterError) {
            let program = try compiler.compile(FilterExpression(expression))
            Issue.record("accepted: \(program.listing())")
        } catch {
            #expect(error.description == text)
        }
    }
}
