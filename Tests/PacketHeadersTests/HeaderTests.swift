import PacketHeaders
import Testing

@Suite struct HeaderTests {
    private typealias P = Packets

    @Test func everyFieldOfIPv4() throws {
        let bytes = try P.bytes("ff 46b80123 beef 6010 3f11 0000 c0000201 c6336402")
        let header = try IPv4Header(bytes.span, at: 1)
        #expect(header.headerLength == 24)
        #expect(header.totalLength == 0x123)
        #expect(header.identification == 0xbeef)
        #expect(header.dontFragment)
        #expect(header.moreFragments)
        #expect(header.fragmentOffset == 128)
        #expect(header.timeToLive == 63)
        #expect(header.protocol == .udp)
        #expect(header.source == IPv4Address("192.0.2.1"))
        #expect(header.destination == IPv4Address("198.51.100.2"))
    }

    @Test func everyFieldOfIPv6() throws {
        let bytes = try P.bytes("6ab12345 0102 3a ff 20010db8000000000000000000000001 20010db8000000000000000000000002")
        let header = try IPv6Header(bytes.span, at: 0)
        #expect(header.payloadLength == 0x102)
        #expect(header.nextHeader == .icmpv6)
        #expect(header.hopLimit == 255)
        #expect(header.source == IPv6Address("2001:db8::1"))
        #expect(header.destination == IPv6Address("2001:db8::2"))
    }

    @Test func everyFieldOfTCP() throws {
        let bytes = try P.bytes("1f90 0050 fffffffe 00000001 8ff2 0400 0000 0007")
        let read = TCPHeader(bytes.span, at: 0)
        let header = try #require(read)
        #expect(header.sourcePort == 8080)
        #expect(header.destinationPort == 80)
        #expect(header.sequence == 0xffff_fffe)
        #expect(header.acknowledgement == 1)
        #expect(header.headerLength == 32)
        #expect(header.flags == TCPFlags(rawValue: 0xf2))
        #expect(header.window == 1024)
        #expect(header.urgent == 7)
    }

    @Test(
        arguments: [
            (0x00, "none"), (0x02, "S"), (0x12, "S."), (0x18, "P."), (0x11, "F."), (0x14, "R."), (0xc2, "SEW"),
            (0xff, "FSRP.UEW"),
        ] as [(UInt8, String)])
    func flags(byte: UInt8, text: String) {
        #expect(TCPFlags(rawValue: byte).description == text)
    }

    @Test func everyFieldOfUDP() throws {
        let bytes = try P.bytes("0035 8000 0010 0000")
        let read = UDPHeader(bytes.span, at: 0)
        let header = try #require(read)
        #expect(header.sourcePort == 53)
        #expect(header.destinationPort == 0x8000)
        #expect(header.length == 16)
    }

    @Test func everyFieldOfARP() throws {
        let bytes = try P.bytes("0001 0800 06 04 0002 020000000001 0a000001 020000000002 0a000002")
        let read = ARPMessage(bytes.span, at: 0)
        let message = try #require(read)
        #expect(message.operation == 2)
        #expect(message.senderHardware == MACAddress("02:00:00:00:00:01"))
        #expect(message.sender == IPv4Address("10.0.0.1"))
        #expect(message.targetHardware == MACAddress("02:00:00:00:00:02"))
        #expect(message.target == IPv4Address("10.0.0.2"))
    }

    @Test func extensionsAreWalkedToTheProtocol() throws {
        let bytes = try P.bytes("2c00010400000000 1100010900000007 13880035000c0000")
        let extensions = IPv6Extensions(bytes.span, at: 0, first: .hopByHop)
        #expect(extensions.protocol == .udp)
        #expect(extensions.end == 16)
        #expect(extensions.fragment?.offset == 0x108)
        #expect(extensions.fragment?.moreFragments == true)
        #expect(extensions.fragment?.identification == 7)
    }

    @Test func aHeaderOneByteTooShortIsNone() throws {
        let bytes = [UInt8](repeating: 0x45, count: 40)
        #expect(throws: FlowReason.truncatedNetwork) { try IPv4Header(bytes.span, at: 21) }
        #expect(throws: FlowReason.truncatedNetwork) { try IPv6Header(bytes.span, at: 1) }
        #expect(isNil(TCPHeader(bytes.span, at: 21)))
        #expect(isNil(UDPHeader(bytes.span, at: 33)))
        #expect(isNil(ARPMessage(bytes.span, at: 13)))
        #expect(isNil(UDPHeader(bytes.span, at: -1)))
        #expect(isNil(UDPHeader(bytes.span, at: .max)))
    }

    private func isNil<Header>(_ header: Header?) -> Bool { header == nil }
}
