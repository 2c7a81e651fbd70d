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

    private static let seeds = [
        P.ethernet(
            "0800", P.ipv4TCP, "002a0050 00000001 00000002 8018faf0 00000000 0101 080a0000000100000002 0102030405"),
        P.ethernet("88a8", "0005 8100 0006 8847 03e81040 49300140", P.ipv4UDP, P.udp),
        P.ethernet(
            "8864", "1100 1234 0022 0057", P.ipv6(next: "00", length: "002c"),
            "2b00010400000000 3c00000000000000 2c00010400000000 1100000100000007", P.udp),
        P.ethernet("86dd", P.ipv6(next: "3a", length: "003c"), "01040000 00000000", P.ipv6UDP, P.udp),
        P.ethernet("0800", "4500003c 00010000 40010000 0a000001 0a000002 0303fcfc 00000000", P.ipv4UDP, P.udp),
        P.ethernet("0806", "0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002"),
        P.ethernet("0028", "aaaa03 000000 0800", P.ipv4UDP, P.udp),
        "ff03 0281 03e81140" + P.ipv4UDP + P.udp, "48e1 03 00 80 000000 0800" + P.ipv4UDP + P.udp,
        "0200 0014 0500 0a00 00000000 0800 0900" + P.ipv4UDP + P.udp, "02000000" + P.ipv4UDP + P.udp,
        "0000 0c00 01000000 00000000" + P.stations + "0800" + P.ipv4UDP + P.udp,
        "0000 0a00 00000000 0000 8883 0000" + P.stations + P.stations + "aaaa03 000000 86dd" + P.ipv6UDP + P.udp,
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func damagedPacketsNeverTrap(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let seeds = try Self.seeds.map(P.bytes)
        var text: [UInt8] = []
        var flows = 0
        for _ in 0..<25_000 {
            let packet = Self.damaged(random.pick(seeds), &random)
            let record = PacketRecord(
                dataOffset: 0, recordOffset: 0, recordLength: 0, nanoseconds: random.next(),
                capturedLength: UInt32(packet.count), originalLength: UInt32(truncatingIfNeeded: random.next() >> 40),
                linkType: random.oneIn(2) ? .ethernet : random.pick(Self.linkTypes))
            text.removeAll(keepingCapacity: true)
            PacketLine(fractionDigits: 9).write(packet.span, of: record, to: &text)
            #expect(text.count > 18 && !text.contains(UInt8(ascii: "\n")), "seed \(seed)")
            if (try? FlowKey(packet.span, linkType: record.linkType)) != nil { flows += 1 }
        }
        #expect(flows > 5000 && flows < 20_000, "seed \(seed): the damage should leave some flows and spoil some")
    }

    private static func damaged(_ packet: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var packet = packet
        for _ in 0..<Int.random(in: 0...4, using: &random) where !packet.isEmpty {
            let index = Int.random(in: 0..<packet.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: packet[index] = UInt8.random(in: .min ... .max, using: &random)
            case 1: packet[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: packet[index] = random.pick([0, 0xff, 0x7f, 0x80, 0x45, 0x60])
            default: packet.replaceSubrange(index..<index, with: random.bytes(random.oneIn(2) ? 1 : 4))
            }
        }
        if random.oneIn(3) { packet.removeLast(Int.random(in: 0...packet.count, using: &random)) }
        return packet
    }
}
