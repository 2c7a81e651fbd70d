import PacketBuffers
import PacketHeaders
import Testing

@Suite struct LinkTypeTests {
    private typealias P = Packets
    private static let v4 = "udp 10.0.0.1.5000 > 10.0.0.2.53"
    private static let v6 = "udp fe80::1.5000 > ff02::fb.53"
    private static let llc = "aaaa03 000000 0800"
    private static let wireless = "0000 ffffffffffff 020000000001 020000000002 1000"

    @Test(arguments: [
        ("little-endian", LinkType.null, "02000000", P.ipv4UDP, v4), ("big-endian", .null, "00000002", P.ipv4UDP, v4),
        ("Linux", .null, "0a000000", P.ipv6UDP, v6), ("NetBSD", .null, "18000000", P.ipv6UDP, v6),
        ("FreeBSD", .loop, "0000001c", P.ipv6UDP, v6), ("macOS", .null, "1e000000", P.ipv6UDP, v6),
        ("another family", .null, "07000000", P.ipv4UDP, "other protocol"),
        ("cut", .null, "020000", "", "truncated link header"),
        ("v4", .raw, "", P.ipv4UDP, v4), ("v6", .raw, "", P.ipv6UDP, v6), ("DLT", .rawDLT, "", P.ipv4UDP, v4),
        ("OpenBSD", .rawOpenBSD, "", P.ipv6UDP, v6), ("neither", .raw, "f0", "", "bad ip header"),
        ("nothing", .raw, "", "", "truncated ip header"), ("v6 as v4", .ipv4, "", P.ipv6UDP, "bad ip header"),
        ("v4 as v6", .ipv6, "", P.ipv4UDP + P.ipv4UDP, "bad ip header"),
        ("v1", .linuxSLL, "0000 0001 0006 0200000000010000 0800", P.ipv4UDP, v4),
        ("v1, tag", .linuxSLL, "0000 0001 0006 0200000000010000 8100 0005 86dd", P.ipv6UDP, v6),
        ("v1, LLC", .linuxSLL, "0000 0001 0006 0200000000010000 0004" + llc, P.ipv4UDP, v4),
        ("v1, Linux's own", .linuxSLL, "0000 0001 0006 0200000000010000 000c", P.ipv4UDP, "other ethertype"),
        ("v1, cut", .linuxSLL, "0000 0001 0006 0200000000010000 08", "", "truncated link header"),
        ("v2", .linuxSLL2, "0800 0000 00000002 0001 00 06 0200000000010000", P.ipv4UDP, v4),
        ("v2, arp", .linuxSLL2, "0806 0000 00000002 0001 00 06 0200000000010000", "", "arp"),
        ("v2, cut", .linuxSLL2, "0800 0000 00000002 0001 00 06 02000000000100", "", "truncated link header"),
        ("full", .ppp, "ff03 0021", P.ipv4UDP, v4), ("bare", .ppp, "0057", P.ipv6UDP, v6),
        ("compressed", .ppp, "21", P.ipv4UDP, v4), ("compressed after address", .pppSerial, "ff03 57", P.ipv6UDP, v6),
        ("labels", .ppp, "ff03 0281 03e81140", P.ipv4UDP, v4),
        ("multicast labels", .ppp, "0283 03e81140", P.ipv6UDP, v6),
        ("Cisco", .ppp, "0f00 0800", P.ipv4UDP, v4), ("Cisco multicast", .pppSerial, "8f00 86dd", P.ipv6UDP, v6),
        ("control", .ppp, "ff03 c021", "", "other protocol"), ("cut", .ppp, "ff03 00", "", "truncated link header"),
        ("address only", .ppp, "ff03", "", "truncated link header"),
        ("one byte", .ppp, "21", "", "truncated link header"),
        ("v4", .ciscoHDLC, "0f00 0800", P.ipv4UDP, v4), ("keepalive", .ciscoHDLC, "8f00 8035", "", "other ethertype"),
        ("Cisco", .frameRelay, "48e1 86dd", P.ipv6UDP, v6), ("NLPID v4", .frameRelay, "48e1 03 cc", P.ipv4UDP, v4),
        ("NLPID v6", .frameRelay, "48e1 03 8e", P.ipv6UDP, v6),
        ("padded SNAP", .frameRelay, "48e1 03 00 80 000000 0800", P.ipv4UDP, v4),
        ("four bytes", .frameRelay, "48e0e0e1 03 cc", P.ipv4UDP, v4),
        ("no end", .frameRelay, "48e0e0e0 03 cc", P.ipv4UDP, "other protocol"),
        ("LMI", .frameRelay, "0001 03 08", "", "other protocol"),
        ("cut", .frameRelay, "48e1 03", "", "truncated link header"),
        ("RFC 1201", .linuxARCNET, "be50 a8e7 d4 00 0166", P.ipv4UDP, v4),
        ("RFC 1051", .linuxARCNET, "be50 a8e7 f0", P.ipv4UDP, v4),
        ("v6", .linuxARCNET, "be50 a8e7 c4 00 0166", P.ipv6UDP, v6),
        ("arp", .linuxARCNET, "be50 a8e7 d5 00 0166", "", "arp"),
        ("other", .linuxARCNET, "be50 a8e7 fa 00 0166", "", "other protocol"),
        ("cut", .linuxARCNET, "be50 a8e7 d4 00 01", "", "truncated link header"),
        ("v4", .nflog, "0200 0014 0500 0a00 00000000 0800 0900", P.ipv4UDP, v4),
        ("v6", .nflog, "0a00 0014 0800 0900", P.ipv6UDP, v6),
        ("bridge", .nflog, "0700 0014 0800 0900", P.ipv4UDP, "other protocol"),
        ("no packet", .nflog, "0200 0014 0800 0100 00000000", "", "truncated link header"),
        ("no progress", .nflog, "0200 0014 0000 0100 00000000", "", "truncated link header"),
        ("InfiniBand", .ipOverInfiniBand, String(repeating: "00", count: 40) + "0800 0000", P.ipv4UDP, v4),
        ("SLIP", .slip, "00 45" + String(repeating: "00", count: 14), P.ipv4UDP, v4),
        ("SLIP, cut", .slip, "00 45", "", "truncated link header"),
        ("data", .ieee80211, "0801" + wireless + llc, P.ipv4UDP, v4),
        ("quality", .ieee80211, "8801" + wireless + "0000" + llc, P.ipv4UDP, v4),
        ("four addresses", .ieee80211, "0803" + wireless + "020000000003" + llc, P.ipv4UDP, v4),
        ("HT control", .ieee80211, "8881" + wireless + "0000 00000000" + llc, P.ipv4UDP, v4),
        ("beacon", .ieee80211, "8000" + wireless, "", "802.11 without data"),
        ("null", .ieee80211, "4801" + wireless, "", "802.11 without data"),
        ("protected", .ieee80211, "0841" + wireless + llc, P.ipv4UDP, "802.11 encrypted"),
        ("cut", .ieee80211, "08", "", "truncated link header"),
        ("radiotap", .radiotap, "0000 0a00 00000000 0000 0801" + wireless + llc, P.ipv4UDP, v4),
        ("radiotap past the end", .radiotap, "0000 ff00 00000000", "", "truncated link header"),
        (
            "radiotap too short", .radiotap, "0000 0400 00000000 0801" + wireless + llc, P.ipv4UDP,
            "truncated link header"
        ),
        ("PPI", .ppi, "0000 0c00 01000000 00000000" + P.stations + "0800", P.ipv4UDP, v4),
        ("PPI in PPI", .ppi, "0000 0800 c0000000", P.ipv4UDP, "unsupported link type"),
        ("PPI, no such link type", .ppi, "0000 0800 01000100", P.ipv4UDP, "unsupported link type"),
        ("PPI, cut", .ppi, "0000 0800 010000", "", "truncated link header"),
        ("D-Bus", LinkType(rawValue: 231), "", P.ipv4UDP, "unsupported link type"),
    ])
    func flows(name: String, linkType: LinkType, header: String, datagram: String, expected: String) throws {
        let body = datagram.isEmpty ? "" : P.udp
        #expect(try P.flow(header + datagram + body, linkType) == expected, "\(linkType), \(name)")
    }

    @Test func theLinkLayerSaysWhereThingsLie() throws {
        let bytes = try P.bytes(P.ethernet("88a8", "0005 8100 a006 8847 03e81040 49300140", P.ipv4UDP, P.udp))
        let link = LinkLayer(bytes.span, linkType: .ethernet)
        #expect(link.payload == .ipv4)
        #expect(link.payloadOffset == 30)
        #expect(link.tags == 14..<22)
        #expect(link.labels == 22..<30)
        #expect(link.pppoeSession == nil)
        #expect(link.reason == nil)
    }

    @Test(
        arguments: [
            (1, "EN10MB", "Ethernet"), (101, "RAW", "Raw IP"), (113, "LINUX_SLL", "Linux cooked v1"),
            (0, "NULL", "BSD loopback"),
            (242, "IPOIB", "RFC 4391 IP-over-Infiniband"), (9999, "9999", "link type 9999"),
        ] as [(UInt16, String, String)])
    func names(number: UInt16, name: String, text: String) {
        #expect(LinkType(rawValue: number).name == name)
        #expect(LinkType(rawValue: number).description == text)
        #expect(LinkType(name: name.lowercased())?.rawValue == (number == 9999 ? nil : number))
    }
}
