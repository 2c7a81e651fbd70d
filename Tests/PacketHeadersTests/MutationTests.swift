import PacketBuffers
import PacketHeaders
import TestKit
import Testing

/// Damaged packets end in a flow or a reason, and in one line of text.
@Suite struct HeaderMutationTests {
    private typealias P = Packets

    private static let linkTypes: [LinkType] = [
        .null, .ethernet, .slip, .ppp, .pppSerial, .rawDLT, .raw, .ciscoHDLC, .ieee80211, .frameRelay, .loop, .linuxSLL,
        .radiotap, .linuxARCNET, .ppi, .ipv4, .ipv6, .nflog, .ipOverInfiniBand, .linuxSLL2, LinkType(rawValue: 300),
    ]

    private static let seeds: [(packet: String, linkType: LinkType)] = [
        (
            P.ethernet(
                "0800", P.ipv4TCP, "002a0050 00000001 00000002 8018faf0 00000000 0101 080a0000000100000002 0102030405"),
            .ethernet
        ),
        (P.ethernet("88a8", "0005 8100 0006 8847 03e81040 49300140", P.ipv4UDP, P.udp), .ethernet),
        (
            P.ethernet("8864", "1100 1234 0022 0057", P.ipv6(next: "00", length: "002c"))
                + "2b00010400000000 3c00000000000000 2c00010400000000 1100000100000007" + P.udp, .ethernet
        ),
        (P.ethernet("86dd", P.ipv6(next: "3a", length: "003c"), "01040000 00000000", P.ipv6UDP, P.udp), .ethernet),
        (
            P.ethernet("0800", "4500003c 00010000 40010000 0a000001 0a000002 0303fcfc 00000000", P.ipv4UDP, P.udp),
            .ethernet
        ),
        (P.ethernet("0806", "0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002"), .ethernet),
        (P.ethernet("0028", "aaaa03 000000 0800", P.ipv4UDP, P.udp), .ethernet),
        ("ff03 0281 03e81140" + P.ipv4UDP + P.udp, .ppp),
        ("48e1 03 00 80 000000 0800" + P.ipv4UDP + P.udp, .frameRelay),
        ("0200 0014 0500 0a00 00000000 0800 0900" + P.ipv4UDP + P.udp, .nflog),
        ("02000000" + P.ipv4UDP + P.udp, .null),
        ("0000 0c00 01000000 00000000" + P.stations + "0800" + P.ipv4UDP + P.udp, .ppi),
        (
            "0000 0a00 00000000 0000 8883 0000" + P.stations + P.stations + "aaaa03 000000 86dd" + P.ipv6UDP + P.udp,
            .radiotap
        ),
    ]

    @Test func damagedPacketsNeverTrap() throws {
        var random = Mutation.random("packet headers")
        let seeds = try Self.seeds.map { (try P.bytes($0.packet), $0.linkType) }
        var text: [UInt8] = []
        var flows = 0
        for round in 0..<Mutation.count {
            let seed = random.pick(seeds)
            let packet = random.mutation(of: seed.0, splicing: seeds.map(\.0))
            let record = PacketRecord(
                dataOffset: 0, recordOffset: 0, recordLength: 0, nanoseconds: random.next(),
                capturedLength: UInt32(packet.count), originalLength: UInt32(truncatingIfNeeded: random.next() >> 40),
                linkType: random.oneIn(4) ? random.pick(Self.linkTypes) : seed.1)
            text.removeAll(keepingCapacity: true)
            PacketLine(fractionDigits: 9).write(packet.span, of: record, to: &text)
            #expect(text.count > 18 && text.allSatisfy { (0x20..<0x7f).contains($0) }, "round \(round)")
            if (try? FlowKey(packet.span, linkType: record.linkType)) != nil { flows += 1 }
        }
        let spoilt = Mutation.count - flows
        #expect(
            min(flows, spoilt) * 10 > Mutation.count, "\(flows) flows left: damage should leave some and spoil some")
    }
}
