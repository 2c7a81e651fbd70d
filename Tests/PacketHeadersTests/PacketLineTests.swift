import PacketBuffers
import PacketHeaders
import Testing

@Suite struct PacketLineTests {
    private typealias P = Packets

    private static func ip(_ proto: String, length: String, _ rest: String) -> String {
        P.ethernet("0800", "4500\(length) 00014000 40\(proto)0000 0a000001 0a000002", rest)
    }

    private static func tcp(_ rest: String, length: String = "0028") -> String { ip("06", length: length, rest) }
    private static func icmp(_ rest: String, length: String) -> String { ip("01", length: length, rest) }
    private static func icmp6(_ rest: String, length: String) -> String {
        P.ethernet("86dd", P.ipv6(next: "3a", length: length), rest)
    }

    @Test(arguments: [
        (P.ethernet("0800", P.ipv4TCP, P.tcpSYN), "Flags [S], seq 1, win 64240, length 0"),
        (tcp("002a0050 00000001 00000002 5012faf0 00000000"), "Flags [S.], seq 1, ack 2, win 64240, length 0"),
        (tcp("002a0050 00000001 00000002 5010faf0 00000000"), "Flags [.], ack 2, win 64240, length 0"),
        (tcp("002a0050 00000001 00000002 5000faf0 00000000"), "Flags [none], win 64240, length 0"),
        (
            tcp("002a0050 fffffffe 00000002 5018faf0 00000000 0102030405", length: "002d"),
            "Flags [P.], seq 4294967294:3, ack 2, win 64240, length 5"
        ),
        (
            tcp("002a0050 00000001 00000002 5038faf0 00000009 0102030405", length: "002d"),
            "Flags [P.U], seq 1:6, ack 2, win 64240, urg 9, length 5"
        ),
        (
            tcp(
                "002a0050 00000001 00000000 a002faf0 00000000 020405b4 0402 080a 00000064 00000065 01 030307",
                length: "003c"),
            "Flags [S], seq 1, win 64240, options [mss 1460,sackOK,TS val 100 ecr 101,nop,wscale 7], length 0"
        ),
        (
            tcp("002a0050 00000001 00000002 8010faf0 00000000 01 01 050a 00000064 00000065", length: "0034"),
            "Flags [.], ack 2, win 64240, options [nop,nop,sack 1 {100:101}], length 0"
        ),
        (
            tcp("002a0050 00000001 00000002 7010faf0 00000000 fd04abcd 00000000", length: "0030"),
            "Flags [.], ack 2, win 64240, options [opt-253:abcd,eol], length 0"
        ),
        (
            tcp("002a0050 00000001 00000002 6010faf0 00000000 0801 0000", length: "002c"),
            "Flags [.], ack 2, win 64240, options [opt-8 bad length 1], length 0"
        ),
        (
            tcp("002a0050 00000001 00000002 6010faf0 00000000 0205 0000", length: "002c"),
            "Flags [.], ack 2, win 64240, options [opt-2 bad length 5], length 0"
        ),
        (tcp("002a0050 00000001 00000002 4010faf0 00000000"), "Flags [.], bad header length 16, length 20"),
        (tcp("002a0050 00000001 00000002 f010faf0 00000000"), "Flags [.], bad header length 60, length 20"),
    ])
    func segments(packet: String, expected: String) throws {
        #expect(try P.line(packet) == "IP 10.0.0.1.42 > 10.0.0.2.80: " + expected)
    }

    @Test(arguments: [
        (P.ethernet("0800", P.ipv4UDP, P.udp), "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"),
        (P.ethernet("86dd", P.ipv6UDP, P.udp), "IP6 fe80::1.5000 > ff02::fb.53: UDP, length 4"),
        (ip("11", length: "0020", "13880035 00070000 01020304"), "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, bad length 7"),
        (
            ip("11", length: "0020", "13880035 000d0000 01020304"),
            "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, bad length 13 > 12"
        ),
        (ip("11", length: "0020", "13880035 00000000 01020304"), "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"),
        (ip("84", length: "0020", P.udp), "IP 10.0.0.1.5000 > 10.0.0.2.53: sctp, length 12"),
        (ip("2f", length: "0018", "00000800"), "IP 10.0.0.1 > 10.0.0.2: gre, length 4"),
        (ip("fd", length: "0014", ""), "IP 10.0.0.1 > 10.0.0.2: ip-proto-253, length 0"),
        (ip("11", length: "0000", P.udp), "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"),
        (ip("11", length: "0013", P.udp), "IP 10.0.0.1.5000 > 10.0.0.2.53: bad length, 1 bytes below its headers"),
        (
            ip("11", length: "0022", "13880035 000e0000 01020304"),
            "IP truncated-ip - 2 bytes missing! 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 6"
        ),
        (
            P.ethernet("0800", "45000020 00012000 40110000 0a000001 0a000002", "13880035 00640000 01020304"),
            "IP 10.0.0.1.5000 > 10.0.0.2.53: frag (0|12+) UDP, length 92"
        ),
        (
            P.ethernet("0800", "45000020 00010002 40110000 0a000001 0a000002", P.udp),
            "IP 10.0.0.1 > 10.0.0.2: frag (16|12) udp, length 12"
        ),
        (
            P.ethernet("86dd", P.ipv6(next: "2c", length: "0014"), "1100000100000007", P.udp),
            "IP6 fe80::1.5000 > ff02::fb.53: frag (0|12+) UDP, length 4"
        ),
        (
            P.ethernet("86dd", P.ipv6(next: "2c", length: "0014"), "1100001000000007", P.udp),
            "IP6 fe80::1 > ff02::fb: frag (16|12) udp, length 12"
        ),
        (
            P.ethernet(
                "86dd", P.ipv6(next: "00", length: "0024"), "2b00010400000000 3c00000100000000 1100010400000000", P.udp),
            "IP6 fe80::1.5000 > ff02::fb.53: HBH RT6 (type=0, segleft=1) DSTOPT UDP, length 4"
        ),
        (P.ethernet("0800", P.ipv6UDP), "IP bad header, version 6, length 0"),
        (P.ethernet("86dd", P.ipv4TCP, P.tcpSYN), "IP6 bad header, version 4, length 20"),
    ])
    func datagrams(packet: String, expected: String) throws {
        #expect(try P.line(packet) == expected)
    }

    @Test(arguments: [
        (icmp("0800f7ff 00010002 01020304", length: "0020"), "echo request, id 1, seq 2, length 12"),
        (icmp("0000ffff 00010002", length: "001c"), "echo reply, id 1, seq 2, length 8"),
        (icmp("0303fcfc 00000000" + P.ipv4UDP + P.udp, length: "003c"), "10.0.0.2 udp port 53 unreachable, length 40"),
        (icmp("0303fcfc 00000000" + P.ipv4UDP, length: "0030"), "10.0.0.2 udp unreachable, length 28"),
        (icmp("0300fcfc 00000000" + P.ipv4UDP, length: "0030"), "net 10.0.0.2 unreachable, length 28"),
        (icmp("0301fcfc 00000000" + P.ipv4UDP, length: "0030"), "host 10.0.0.2 unreachable, length 28"),
        (icmp("0302fcfc 00000000" + P.ipv4UDP, length: "0030"), "10.0.0.2 protocol 17 unreachable, length 28"),
        (
            icmp("0304fcfc 00000578" + P.ipv4UDP, length: "0030"),
            "10.0.0.2 unreachable - need to frag (mtu 1400), length 28"
        ),
        (
            icmp("030dfcfc 00000000" + P.ipv4UDP, length: "0030"),
            "host 10.0.0.2 unreachable - admin prohibited filter, length 28"
        ),
        (icmp("030ffcfc 00000000" + P.ipv4UDP, length: "0030"), "10.0.0.2 unreachable, code 15, length 28"),
        (icmp("0303fcfc 00000000", length: "001c"), "unreachable, code 3 [|ip], length 8"),
        (icmp("0501fcfc 0a0000fe" + P.ipv4UDP, length: "0030"), "redirect 10.0.0.2 to host 10.0.0.254, length 28"),
        (icmp("0b00fcfc 00000000", length: "001c"), "time exceeded in-transit, length 8"),
        (icmp("0b01fcfc 00000000", length: "001c"), "ip reassembly time exceeded, length 8"),
        (icmp("2a07fcfc 00000000", length: "001c"), "type 42, code 7, length 8"),
        (icmp("0800f7ff", length: "0018"), "echo request [|icmp], length 4"),
        (icmp("0800f7", length: "0017"), "[|icmp]"),
    ])
    func messages(packet: String, expected: String) throws {
        #expect(try P.line(packet) == "IP 10.0.0.1 > 10.0.0.2: ICMP " + expected)
    }

    @Test(arguments: [
        (icmp6("80000000 00010002", length: "0008"), "echo request, id 1, seq 2, length 8"),
        (icmp6("81000000 00010002", length: "0008"), "echo reply, id 1, seq 2, length 8"),
        (
            icmp6("01040000 00000000" + P.ipv6UDP + P.udp, length: "003c"),
            "destination unreachable, unreachable port, ff02::fb udp port 53, length 60"
        ),
        (
            icmp6("01010000 00000000" + P.ipv6UDP, length: "0030"),
            "destination unreachable, unreachable prohibited, ff02::fb, length 48"
        ),
        (icmp6("01090000 00000000", length: "0008"), "destination unreachable, unreachable code 9 [|ip6], length 8"),
        (icmp6("02000000 00000500", length: "0008"), "packet too big, mtu 1280, length 8"),
        (icmp6("03000000 00000000", length: "0008"), "time exceeded in-transit, length 8"),
        (icmp6("85000000 00000000", length: "0008"), "router solicitation, length 8"),
        (
            icmp6("87000000 00000000 20010db8000000000000000000000001", length: "0018"),
            "neighbor solicitation, who has 2001:db8::1, length 24"
        ),
        (
            icmp6("88000000 00000000 20010db8000000000000000000000001", length: "0018"),
            "neighbor advertisement, tgt is 2001:db8::1, length 24"
        ),
        (icmp6("87000000 00000000 20010db8", length: "000c"), "neighbor solicitation, who has [|icmp6], length 12"),
        (icmp6("8f000000 00000002", length: "0008"), "multicast listener report v2, 2 group record(s), length 8"),
        (icmp6("c8010000 00000000", length: "0008"), "type 200, code 1, length 8"),
        (icmp6("8000", length: "0002"), "[|icmp6]"),
    ])
    func messagesV6(packet: String, expected: String) throws {
        #expect(try P.line(packet) == "IP6 fe80::1 > ff02::fb: ICMP6, " + expected)
    }

    private static let arp = "0001 0800 06 04"

    @Test(arguments: [
        (
            P.ethernet("0806", arp + "0001 020000000001 0a000001 000000000000 0a000002"),
            "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28"
        ),
        (
            P.ethernet("0806", arp + "0001 020000000001 0a000001 020000000002 0a000002", "0000"),
            "ARP, Request who-has 10.0.0.2 (02:00:00:00:00:02) tell 10.0.0.1, length 30"
        ),
        (
            P.ethernet("8100", "e005 0806", arp + "0002 020000000001 0a000001 020000000002 0a000002"),
            "vlan 5, p 7, ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:01, length 28"
        ),
        (
            P.ethernet("8035", arp + "0003 020000000001 00000000 020000000002 00000000"),
            "ARP, Reverse Request who-is 02:00:00:00:00:02 tell 02:00:00:00:00:01, length 28"
        ),
        (P.ethernet("0806", arp + "0007 020000000001 0a000001 000000000000 0a000002"), "ARP, operation 7, length 28"),
        (P.ethernet("0806", arp + "0001 020000000001 0a"), "ARP, [|arp]"),
        (P.ethernet("0806", "0006 0800 08 04 0001"), "ARP, hardware 6, protocol 0x0800, length 8"),
        (P.ethernet("0806", "0006 0800"), "ARP, [|arp]"),
    ])
    func arpMessages(packet: String, expected: String) throws {
        #expect(try P.line(packet) == expected)
    }

    @Test(arguments: [
        (
            P.ethernet("88a8", "1005 8100 0006 0800", P.ipv4UDP, P.udp), LinkType.ethernet,
            "vlan 5, p 0, DEI, vlan 6, p 0, IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"
        ),
        (
            P.ethernet("8847", "03e81040 49300140", P.ipv4UDP, P.udp), .ethernet,
            "MPLS (label 16001, tc 0, ttl 64) MPLS (label 299776, tc 0, [S], ttl 64) "
                + "IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"
        ),
        (
            P.ethernet("8864", "1100 1234 0022 0021", P.ipv4UDP, P.udp), .ethernet,
            "PPPoE [ses 0x1234] IP 10.0.0.1.5000 > 10.0.0.2.53: UDP, length 4"
        ),
        (
            P.ethernet("88cc", "0207"), .ethernet,
            "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype LLDP (0x88cc), length 2"
        ),
        (
            P.ethernet("1234", ""), .ethernet,
            "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype unknown (0x1234), length 0"
        ),
        (
            P.ethernet("0026", "424203 0000000000"), .ethernet,
            "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, LLC, dsap STP (0x42), ssap 0x42, length 8"
        ),
        (
            P.ethernet("0026", "aaaa03 00000c 2000"), .ethernet,
            "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, SNAP, oui 0x00000c, pid 0x2000, length 8"
        ),
        (
            P.ethernet("8847", "03e81140 00000000"), .ethernet,
            "MPLS (label 16001, tc 0, [S], ttl 64) unknown payload, length 4"
        ),
        (P.ethernet("8847", "03e81140"), .ethernet, "MPLS (label 16001, tc 0, [S], ttl 64) [|ip]"),
        (P.ethernet("8864", "1100 1234 000a c021"), .ethernet, "PPPoE [ses 0x1234] PPP protocol 0xc021, length 0"),
        ("ffffffffffff0200000000", .ethernet, "[|EN10MB]"), (P.ethernet("8100", "00"), .ethernet, "[|EN10MB]"),
        (P.ethernet("0800", "45"), .ethernet, "IP [|ip]"), (P.ethernet("86dd", "60"), .ethernet, "IP6 [|ip6]"),
        ("50000000", .raw, "IP, bad version 5, length 4"), ("00", .linuxSLL2, "[|LINUX_SLL2]"),
        ("07000000 0102", .null, "AF 7, length 2"),
        ("0001 03 08 00", .frameRelay, "Frame Relay, protocol 0x08, length 2"),
        ("8000 0000", .ieee80211, "802.11 Beacon, length 4"), ("d400 0000", .ieee80211, "802.11 control, length 4"),
        ("4801 0000", .ieee80211, "802.11 Data, none, length 4"),
        ("0841 0000", .ieee80211, "802.11 Data, encrypted, length 4"),
        ("01020304", LinkType(rawValue: 231), "D-Bus, length 4"),
        ("01020304", LinkType(rawValue: 9999), "link type 9999, length 4"),
    ])
    func links(packet: String, linkType: LinkType, expected: String) throws {
        #expect(try P.line(packet, linkType) == expected)
    }

    @Test(arguments: [
        (0, ""), (13, "[|EN10MB]"), (14, "IP [|ip]"), (33, "IP [|ip]"), (34, "IP 10.0.0.1 > 10.0.0.2: [|tcp]"),
        (38, "IP 10.0.0.1.42 > 10.0.0.2.80: [|tcp]"), (53, "IP 10.0.0.1.42 > 10.0.0.2.80: [|tcp]"),
        (54, "IP 10.0.0.1.42 > 10.0.0.2.80: Flags [P.], seq 1:6, ack 2, win 64240, options [[|tcp]], length 5"),
        (56, "IP 10.0.0.1.42 > 10.0.0.2.80: Flags [P.], seq 1:6, ack 2, win 64240, options [nop,nop,[|tcp]], length 5"),
        (58, "IP 10.0.0.1.42 > 10.0.0.2.80: Flags [P.], seq 1:6, ack 2, win 64240, options [nop,nop,[|tcp]], length 5"),
        (
            68,
            "IP 10.0.0.1.42 > 10.0.0.2.80: Flags [P.], seq 1:6, ack 2, win 64240, options [nop,nop,TS val 1 ecr 2], length 5"
        ),
    ])
    func cutPackets(length: Int, expected: String) throws {
        let whole = Self.tcp(
            "002a0050 00000001 00000002 8018faf0 00000000 0101 080a0000000100000002 0102030405", length: "0039")
        let packet = whole.filter { $0 != " " }.prefix(2 * length)
        #expect(try P.line(String(packet), wire: 71) == (length == 0 ? "[|EN10MB]" : expected))
    }

    @Test(arguments: [
        (0, "00:00:00 "), (3, "00:00:00.001 "), (6, "00:00:00.001002 "), (9, "00:00:00.001002003 "),
        (12, "00:00:00.001002003 "),
    ])
    func times(digits: Int, expected: String) {
        let record = PacketRecord(
            dataOffset: 0, recordOffset: 0, recordLength: 0, nanoseconds: 1_002_003, capturedLength: 0,
            originalLength: 0,
            linkType: .ethernet)
        var text: [UInt8] = []
        PacketLine(fractionDigits: digits).write([UInt8]().span, of: record, to: &text)
        #expect(String(decoding: text, as: UTF8.self) == expected + "[|EN10MB]")
    }
}
