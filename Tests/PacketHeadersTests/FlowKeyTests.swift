import PacketBuffers
import PacketHeaders
import Testing

@Suite struct FlowKeyTests {
    private typealias P = Packets

    @Test(arguments: [
        ("plain", P.ethernet("0800", P.ipv4TCP, P.tcpSYN), "tcp 10.0.0.1.42 > 10.0.0.2.80"),
        ("padded", P.ethernet("0800", P.ipv4UDP, P.udp, "000000000000"), "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("one tag", P.ethernet("8100", "0005 0800", P.ipv4UDP, P.udp), "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        (
            "tags of every kind",
            P.ethernet("88a8", "0005 9100 0006 8100 0007 8100 0008 8100 0009 86dd", P.ipv6UDP, P.udp),
            "udp fe80::1.5000 > ff02::fb.53"
        ),
        ("one label", P.ethernet("8847", "03e81140", P.ipv4UDP, P.udp), "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        (
            "labels in a tag", P.ethernet("8100", "0005 8848 03e81040 49300140", P.ipv6UDP, P.udp),
            "udp fe80::1.5000 > ff02::fb.53"
        ),
        ("session", P.ethernet("8864", "1100 1234 0022 0021", P.ipv4UDP, P.udp), "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("session, v6", P.ethernet("8864", "1100 1234 0022 0057", P.ipv6UDP, P.udp), "udp fe80::1.5000 > ff02::fb.53"),
        (
            "session, labels", P.ethernet("8864", "1100 1234 0022 0281 03e81140", P.ipv4UDP, P.udp),
            "udp 10.0.0.1.5000 > 10.0.0.2.53"
        ),
        ("snap", P.ethernet("0028", "aaaa03 000000 0800", P.ipv4UDP, P.udp), "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        (
            "bridge tunnel", P.ethernet("0028", "aaaa03 0000f8 0800", P.ipv4UDP, P.udp),
            "udp 10.0.0.1.5000 > 10.0.0.2.53"
        ),
        (
            "snap, tag", P.ethernet("0028", "aaaa03 000000 8100 0005 0800", P.ipv4UDP, P.udp),
            "udp 10.0.0.1.5000 > 10.0.0.2.53"
        ),
    ])
    func linkLayers(name: String, packet: String, expected: String) throws {
        #expect(try P.flow(packet) == expected)
    }

    @Test(arguments: [
        ("options", "46000024 00010000 40110000 0a000001 0a000002 01010101" + P.udp, "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("options cut", "4f000024 00010000 40110000 0a000001 0a000002" + P.udp, "udp 10.0.0.1.0 > 10.0.0.2.0"),
        ("first fragment", "45000020 00012000 40110000 0a000001 0a000002" + P.udp, "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("later fragment", "45000020 00012001 40110000 0a000001 0a000002" + P.udp, "udp 10.0.0.1.0 > 10.0.0.2.0"),
        ("last fragment", "45000020 00010001 40060000 0a000001 0a000002" + P.udp, "tcp 10.0.0.1.0 > 10.0.0.2.0"),
        ("no total length", "45000000 00010000 40110000 0a000001 0a000002" + P.udp, "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("ports cut", P.ipv4UDP + "138800", "udp 10.0.0.1.0 > 10.0.0.2.0"),
        ("only ports", P.ipv4UDP + "13880035", "udp 10.0.0.1.5000 > 10.0.0.2.53"),
        ("icmp", "4500001c 00010000 40010000 0a000001 0a000002 0800f7ff 00000000", "icmp 10.0.0.1 > 10.0.0.2"),
        ("sctp", "45000020 00010000 40840000 0a000001 0a000002" + P.udp, "sctp 10.0.0.1 > 10.0.0.2"),
        ("tunnel", "45000034 00010000 40040000 0a000001 0a000002" + P.ipv4UDP, "ipip 10.0.0.1 > 10.0.0.2"),
        ("unnamed", "45000014 00010000 40fd0000 0a000001 0a000002", "ip-proto-253 10.0.0.1 > 10.0.0.2"),
        ("cut", "45000020 00010000 40110000 0a000001 0a0000", "truncated ip header"),
        ("version 6", P.ipv6UDP, "bad ip header"),
        ("version 5", "55000020 00010000 40110000 0a000001 0a000002", "bad ip header"),
        ("short header", "44000020 00010000 40110000 0a000001 0a000002", "bad ip header"),
    ])
    func ipv4(name: String, datagram: String, expected: String) throws {
        #expect(try P.flow(P.ethernet("0800", datagram)) == expected)
        #expect(try P.flow(datagram, .ipv4) == expected)
    }

    @Test(arguments: [
        ("plain", P.ipv6UDP + P.udp, "udp fe80::1.5000 > ff02::fb.53"),
        (
            "hop-by-hop", P.ipv6(next: "00", length: "0014") + "1100010400000000" + P.udp,
            "udp fe80::1.5000 > ff02::fb.53"
        ),
        (
            "long options", P.ipv6(next: "3c", length: "001c") + "1101010c0000000000000000 00000000" + P.udp,
            "udp fe80::1.5000 > ff02::fb.53"
        ),
        (
            "all four",
            P.ipv6(next: "00", length: "002c") + "2b00010400000000 3c00000000000000 2c00010400000000"
                + "1100000100000007" + P.udp, "udp fe80::1.5000 > ff02::fb.53"
        ),
        (
            "first fragment", P.ipv6(next: "2c", length: "0014") + "1100000100000007" + P.udp,
            "udp fe80::1.5000 > ff02::fb.53"
        ),
        (
            "later fragment", P.ipv6(next: "2c", length: "0014") + "1100000800000007" + P.udp,
            "udp fe80::1.0 > ff02::fb.0"
        ),
        (
            "later, options", P.ipv6(next: "2c", length: "0014") + "3c00000900000007" + P.udp,
            "dstopt fe80::1 > ff02::fb"
        ),
        (
            "ah", P.ipv6(next: "33", length: "0020") + "1104000000000100 0000001000000000 0000000000000000",
            "ah fe80::1 > ff02::fb"
        ),
        ("esp", P.ipv6(next: "32", length: "0010") + "00000100 00000001 0000000000000000", "esp fe80::1 > ff02::fb"),
        ("nothing", P.ipv6(next: "3b", length: "0000"), "no-next-header fe80::1 > ff02::fb"),
        ("extension cut", P.ipv6(next: "00", length: "0014") + "11000104000000", "hopopt fe80::1 > ff02::fb"),
        ("second cut", P.ipv6(next: "00", length: "0014") + "2b00010400000000 1100", "ipv6-route fe80::1 > ff02::fb"),
        (
            "extension past the end", P.ipv6(next: "00", length: "0014") + "11ff010400000000" + P.udp,
            "udp fe80::1.0 > ff02::fb.0"
        ),
        ("ports cut", P.ipv6UDP + "1388", "udp fe80::1.0 > ff02::fb.0"),
        ("cut", String(P.ipv6UDP.dropLast(2)), "truncated ip header"),
        ("version 4", "40" + P.ipv6UDP.dropFirst(2), "bad ip header"),
    ])
    func ipv6(name: String, datagram: String, expected: String) throws {
        #expect(try P.flow(P.ethernet("86dd", datagram)) == expected)
        #expect(try P.flow(datagram, .ipv6) == expected)
    }

    @Test(arguments: [
        ("nothing", "", "truncated link header"),
        ("13 bytes", "ffffffffffff02000000000108", "truncated link header"),
        ("14 bytes", P.ethernet("0800"), "truncated ip header"),
        ("tag cut", P.ethernet("8100", "0005 08"), "truncated link header"),
        ("second tag cut", P.ethernet("88a8", "0005 8100"), "truncated link header"),
        ("label cut", P.ethernet("8847", "03e811"), "truncated link header"),
        ("stack without bottom", P.ethernet("8847", "03e81040"), "truncated link header"),
        ("stack over nothing", P.ethernet("8847", "03e81140"), "truncated ip header"),
        ("stack over Ethernet", P.ethernet("8847", "03e81140 00000000"), "mpls without ip"),
        ("session cut", P.ethernet("8864", "110012340022 00"), "truncated link header"),
        ("session control", P.ethernet("8864", "1100 1234 000a c021 01010008"), "other protocol"),
        ("arp", P.ethernet("0806", "0001080006040001"), "arp"),
        ("arp in a tag", P.ethernet("8100", "0005 0806"), "arp"),
        ("reverse arp", P.ethernet("8035"), "other ethertype"),
        ("lldp", P.ethernet("88cc", "0000"), "other ethertype"),
        ("between length and type", P.ethernet("05dd", P.ipv4TCP), "other ethertype"),
        ("llc cut", P.ethernet("0007", "424203 00000000"), "truncated link header"),
        ("spanning tree", P.ethernet("0026", "424203 0000000000"), "llc"),
        ("snap in snap", P.ethernet("0026", "aaaa03 000000 0028 aaaa03 000000 0800", P.ipv4UDP, P.udp), "llc"),
        (
            "a frame of nothing but snap", P.ethernet("0026") + String(repeating: "aaaa030000000008", count: 100_000),
            "llc"
        ),
        ("snap, tag, snap", P.ethernet("0026", "aaaa03 000000 8100 0005 0028 aaaa03 000000 0800", P.ipv4UDP), "llc"),
        ("snap of another organization", P.ethernet("0026", "aaaa03 00000c 2000"), "llc"),
    ])
    func noFlow(name: String, packet: String, expected: String) throws {
        #expect(try P.flow(packet) == expected)
    }

    @Test func reversingTwiceGivesTheSameKey() throws {
        let bytes = try P.bytes(P.ethernet("0800", P.ipv4TCP, P.tcpSYN))
        let key = try FlowKey(bytes.span, linkType: .ethernet)
        #expect(key.reversed.description == "tcp 10.0.0.2.80 > 10.0.0.1.42")
        #expect(key.reversed.reversed == key)
    }

    @Test func reasonsKeepTheirNumbers() {
        let numbers = FlowReason.allCases.map { "\($0.rawValue) \($0)" }
        #expect(
            numbers == [
                "1 unsupported link type", "2 truncated link header", "3 truncated ip header", "4 bad ip header",
                "5 arp", "6 other ethertype", "7 llc", "8 other protocol", "9 802.11 without data",
                "10 802.11 encrypted", "11 mpls without ip", "12 too many headers", "13 flow table full",
            ])
    }
}
