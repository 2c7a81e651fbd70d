/// The captures in `Captures/` that are made, not recorded: odd encapsulations, byte orders and damage.
enum GeneratedCaptures {
    typealias Bytes = [UInt8]

    /// Every made file: its name, what it shows, and its bytes.
    static let all: [(name: String, shows: String, bytes: Bytes)] = [
        ("tagged.pcap", "802.1Q, 802.1ad and 0x9100 tags, one to three deep", FileBytes().pcap(tagged)),
        ("mpls-pppoe.pcap", "MPLS stacks and PPPoE sessions", FileBytes().pcap(labelled)),
        ("ipv6-headers.pcap", "IPv6 extension headers and fragments", FileBytes().pcap(extended)),
        ("big-endian.pcap", "the other byte order", FileBytes(bigEndian: true).pcap(plain)),
        ("modified.pcap", "the modified record header of magic 0xa1b2cd34", modified),
        ("raw-ip.pcap", "link type RAW: no link header", FileBytes().pcap(raw, linkType: 101)),
        (
            "loopback.pcap", "link type NULL: address families in both byte orders",
            FileBytes().pcap(loopback, linkType: 0)
        ),
        ("sections.pcapng", "sections of both byte orders, link types and resolutions mixed", sections),
        ("edge-lengths.pcap", "packets cut at every header's edge, and empty ones", edgeLengths),
        ("truncated.pcap", "the last record is cut off", Bytes(FileBytes().pcap(plain).dropLast(7))),
        ("impossible-length.pcap", "a record that claims two gigabytes", impossibleLength),
        ("damaged-block.pcapng", "a block whose two lengths differ", damagedBlock),
    ]

    // MARK: Packets

    static let plain: [Bytes] = [
        Frames.ethernet(0x0806, Frames.arp(asks: 2), to: Bytes(repeating: 255, count: 6)),
        Frames.ethernet(0x0800, Frames.ipv4(17, Frames.udp(5353, 53, Bytes("question".utf8)))),
        Frames.ethernet(0x0800, Frames.ipv4(17, from: 2, to: 1, Frames.udp(53, 5353, Bytes("the answer".utf8)))),
        Frames.ethernet(0x0800, Frames.ipv4(6, Frames.tcp(40000, 80, flags: 0x02))),
        Frames.ethernet(0x0800, Frames.ipv4(6, from: 2, to: 1, Frames.tcp(80, 40000, flags: 0x12))),
        Frames.ethernet(0x0800, Frames.ipv4(6, Frames.tcp(40000, 80, flags: 0x18, Bytes("GET /".utf8)))),
        Frames.ethernet(0x0800, Frames.ipv4(1, Frames.echo(type: 8, sequence: 1))),
        Frames.ethernet(0x86dd, Frames.ipv6(58, Frames.echo(type: 128, sequence: 2))),
        Frames.ethernet(0x0800, Frames.ipv4(6, from: 2, to: 1, Frames.tcp(80, 40000, flags: 0x11))),
    ]

    static let inner = Frames.ipv4(17, Frames.udp(1000, 2000, Bytes("inside".utf8)))
    static let inner6 = Frames.ipv6(6, Frames.tcp(1000, 2000, flags: 0x02))

    static let tagged: [Bytes] = [
        Frames.ethernet(0x8100, Frames.tag(42, 0x0800, inner)),
        Frames.ethernet(0x8100, Frames.tag(42, priority: 5, 0x86dd, inner6)),
        Frames.ethernet(0x8100, Frames.tag(0, priority: 7, 0x0800, inner)),
        Frames.ethernet(0x88a8, Frames.tag(7, 0x8100, Frames.tag(8, 0x0800, inner))),
        Frames.ethernet(0x9100, Frames.tag(7, 0x8100, Frames.tag(8, 0x86dd, inner6))),
        Frames.ethernet(0x88a8, Frames.tag(7, 0x8100, Frames.tag(8, 0x8100, Frames.tag(9, 0x0800, inner)))),
        Frames.ethernet(0x8100, Frames.tag(43, 0x0806, Frames.arp(asks: 3))),
        Frames.ethernet(0x8100, [0x00]),
    ]

    static let labelled: [Bytes] = [
        Frames.ethernet(0x8847, Frames.mpls([100], inner)),
        Frames.ethernet(0x8847, Frames.mpls([100, 200], inner6)),
        Frames.ethernet(0x8847, Frames.mpls([1, 2, 3, 4], inner)),
        Frames.ethernet(0x8847, Frames.mpls([100], Bytes(repeating: 0, count: 8))),
        Frames.ethernet(0x8864, Frames.pppoe(session: 1, proto: 0x0021, inner)),
        Frames.ethernet(0x8864, Frames.pppoe(session: 1, proto: 0x0057, inner6)),
        Frames.ethernet(0x8864, Frames.pppoe(session: 1, proto: 0xc021, [1, 2, 0, 4])),
        Frames.ethernet(0x8100, Frames.tag(5, 0x8864, Frames.pppoe(session: 2, proto: 0x0021, inner))),
    ]

    static let extended: [Bytes] = {
        let segment = Frames.tcp(1000, 80, flags: 0x02)
        let datagram = Frames.udp(1000, 53, Bytes("longer than one".utf8))
        let later = Bytes("fragment".utf8)
        return [
            Frames.ipv6(0, Frames.extensionHeader(next: 6, segment)),
            Frames.ipv6(
                0,
                Frames.extensionHeader(
                    next: 43, Frames.extensionHeader(next: 60, Frames.extensionHeader(next: 6, segment)))),
            Frames.ipv6(44, Frames.fragmentHeader(next: 17, offset: 0, more: true, datagram)),
            Frames.ipv6(44, Frames.fragmentHeader(next: 17, offset: 3, more: false, later)),
            Frames.ipv6(
                60, Frames.extensionHeader(next: 44, Frames.fragmentHeader(next: 17, offset: 0, more: false, datagram))),
            Frames.ipv6(51, [6, 4] + Bytes(repeating: 0, count: 22) + segment),
            Frames.ipv6(50, Bytes(repeating: 7, count: 24)),
            Frames.ipv6(59, []),
            Frames.ipv6(0, [6]),
            Frames.ipv6(
                0,
                Frames.extensionHeader(next: 0, Frames.extensionHeader(next: 58, Frames.echo(type: 128, sequence: 1)))),
        ].map { Frames.ethernet(0x86dd, $0) }
    }()

    static let raw: [Bytes] = [inner, inner6, Frames.ipv4(1, Frames.echo(type: 8, sequence: 1)), [0x00, 1, 2, 3], []]

    static let loopback: [Bytes] = [
        [2, 0, 0, 0] + inner, [0, 0, 0, 2] + inner, [10, 0, 0, 0] + inner6, [0, 0, 0, 30] + inner6,
        [24, 0, 0, 0] + inner6, [7, 0, 0, 0, 1, 2, 3], [2, 0],
    ]

    // MARK: Files

    static let modified: Bytes =
        FileBytes().pcapHeader(magic: 0xa1b2_cd34, linkType: 1)
        + plain.enumerated().flatMap { FileBytes().modifiedRecord($1, at: FileBytes.start, $0 * 1000) }

    static let sections: Bytes = {
        let little = FileBytes()
        let big = FileBytes(bigEndian: true)
        let start = FileBytes.start
        let first =
            little.section(comment: "little-endian")
            + little.interface(1, name: "ether0")
            + little.interface(101, name: "tun0", resolution: 9)
            + little.enhancedPacket(plain[1], interface: 0, ticks: start * 1_000_000 + 1)
            + little.enhancedPacket(inner, interface: 1, ticks: start * 1_000_000_000 + 7, comment: "in the tunnel")
            + little.block(0x0bad, [1, 2, 3])
            + little.obsoletePacket(plain[2], interface: 0, ticks: start * 1_000_000 + 2)
            + little.simplePacket(plain[0])
        let second =
            big.section(comment: "big-endian")
            + big.interface(113, name: "any", resolution: 0x80 | 20, offset: start)
            + big.interface(1, name: "ether1", resolution: 3)
            + big.enhancedPacket(
                [0, 0, 0, 1, 0, 6] + Frames.here + [0, 0, 8, 0] + inner, interface: 0, ticks: 1 << 20)
            + big.enhancedPacket(plain[3], interface: 1, ticks: start * 1000 + 3)
            + big.simplePacket([0, 0, 0, 1, 0, 6] + Frames.here + [0, 0, 0x86, 0xdd] + inner6)
        return first + second
    }()

    static let edgeLengths: Bytes = {
        let packet = Frames.ethernet(0x8100, Frames.tag(42, 0x0800, Frames.ipv4(6, Frames.tcp(1, 2, flags: 0x02))))
        let cuts = [0, 1, 13, 14, 17, 18, 19, 37, 38, 41, 42, 51, 52, 57, packet.count]
        return FileBytes().pcapHeader(linkType: 1)
            + cuts.enumerated().flatMap { index, cut in
                FileBytes().pcapRecord(Bytes(packet.prefix(cut)), at: FileBytes.start, index, length: packet.count)
            }
    }()

    static let impossibleLength: Bytes =
        FileBytes().pcap([plain[1], plain[3]])
        + FileBytes().pcapRecord(plain[6], at: FileBytes.start, 9, claim: 0x7fff_ffff)

    static let damagedBlock: Bytes = {
        var block = FileBytes().enhancedPacket(plain[6], interface: 0, ticks: 9)
        block[block.count - 4] ^= 0x10
        return FileBytes().section(comment: "whole until the third packet")
            + FileBytes().interface(1, name: "ether0")
            + FileBytes().enhancedPacket(plain[1], interface: 0, ticks: FileBytes.start * 1_000_000)
            + FileBytes().enhancedPacket(plain[3], interface: 0, ticks: FileBytes.start * 1_000_000 + 5)
            + block
    }()
}
