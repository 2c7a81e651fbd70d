import ClassicBPF
import Testing

/// Where the payload starts, asked of the evaluator as a program does.
@Suite struct PayloadOffsetTests {
    static let udp: [UInt8] = [0, 1, 0, 2, 0, 8, 0, 0]
    static let tcp: [UInt8] = Array(repeating: 0, count: 12) + [0x80] + Array(repeating: 0, count: 19)

    static func ipv4(_ number: UInt8, words: UInt8 = 5, fragment: UInt16 = 0) -> [UInt8] {
        [0x40 | words, 0, 0, 60, 0, 0, UInt8(fragment >> 8), UInt8(fragment & 0xff), 64, number]
            + Array(repeating: 0, count: Int(words) * 4 - 10)
    }

    static func ipv6(_ number: UInt8) -> [UInt8] { [0x60, 0, 0, 0, 0, 0, number] + Array(repeating: 0, count: 33) }

    /// EtherType, the bytes behind the Ethernet header, and the offset from the network header.
    static let cases: [(String, UInt16, [UInt8], UInt32)] = [
        ("UDP", 0x0800, ipv4(17) + udp, 28),
        ("IPv4 options", 0x0800, ipv4(17, words: 7) + udp, 36),
        ("TCP options", 0x0800, ipv4(6) + tcp, 52),
        ("TCP cut off before its length", 0x0800, ipv4(6) + [0, 0], 20),
        ("first fragment", 0x0800, ipv4(17, fragment: 0x2000) + udp, 28),
        ("later fragment", 0x0800, ipv4(17, fragment: 0x2001) + udp, 20),
        ("unknown transport", 0x0800, ipv4(89) + udp, 20),
        ("SCTP", 0x0800, ipv4(132) + tcp, 32),
        ("UDP over IPv6", 0x86dd, ipv6(17) + udp, 48),
        (
            "IPv6 options and routing", 0x86dd,
            ipv6(0) + [43, 0, 0, 0, 0, 0, 0, 0, 58, 1] + Array(repeating: 0, count: 14) + udp, 72
        ),
        ("IPv6 fragment", 0x86dd, ipv6(44) + [17, 0, 0, 8, 0, 0, 0, 0] + udp, 48),
        ("IPv6 first fragment", 0x86dd, ipv6(44) + [17, 0, 0, 1, 0, 0, 0, 0] + udp, 56),
        ("VLAN", 0x8100, [0, 5, 0x08, 0x00] + ipv4(17) + udp, 32),
        ("two tags", 0x88a8, [0, 5, 0x81, 0x00, 0, 6, 0x86, 0xdd] + ipv6(17) + udp, 56),
        ("no IP", 0x0806, ipv4(17) + udp, 0),
        ("short IPv4", 0x0800, Array(ipv4(17).prefix(19)), 0),
        ("bad IPv4 length", 0x0800, [0x44] + ipv4(17).dropFirst() + udp, 0),
        ("short IPv6", 0x86dd, Array(ipv6(17).prefix(39)), 0),
        ("cut IPv6 options", 0x86dd, ipv6(0) + [17], 0),
        ("empty", 0x0800, [], 0),
    ]

    @Test(arguments: cases)
    func offset(name: String, etherType: UInt16, bytes: [UInt8], behind: UInt32) throws {
        var metadata = ClassicMetadata()
        metadata.linkProtocol = etherType
        let packet = [UInt8](repeating: 0, count: 14) + bytes
        let program = ClassicProgram([
            .loadAbsolute(.word, offset: AncillaryField.payloadOffset.offset), .returnAccumulator,
        ])
        let offset = try ClassicEvaluator(program, dialect: .linux).run(on: packet.span, metadata: metadata)
        #expect(offset == (behind == 0 ? 0 : 14 + behind), "\(name)")
    }
}
