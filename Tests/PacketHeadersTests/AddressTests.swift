import PacketHeaders
import TestKit
import Testing

@Suite struct AddressTests {
    /// What `inet_ntop` of the GNU C library prints for these addresses.
    @Test(
        arguments: [
            (0, 0, "::"), (0, 1, "::1"), (0, 0xffff, "::ffff"), (0, 0x1_0000, "::0.1.0.0"),
            (0, 0x0102_0304, "::1.2.3.4"), (0, 0xffff_0102_0304, "::ffff:1.2.3.4"),
            (0, 0xffff_0000_0000, "::ffff:0.0.0.0"),
            (0, 0xfffe_0102_0304, "::fffe:102:304"), (1 << 48, 0, "1::"), (1, 0, "0:0:0:1::"),
            (0x2001_0db8_0000_0000, 1, "2001:db8::1"),
            (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
            (0x2001_0db8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
            (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
            (0xfe80_0000_0000_0000, 0xac8d_fbff_feb2_3b3b, "fe80::ac8d:fbff:feb2:3b3b"),
            (0x0001_0002_0003_0004, 0x0005_0006_0007_0000, "1:2:3:4:5:6:7:0"), (0, 0x0000_0001_0000_0000, "::1:0:0"),
            (0x0001_0000_0003_0000, 0x0005_0000_0007_0000, "1:0:3:0:5:0:7:0"),
            (0x0000_0000_0003_0004, 0x0005_0006_0000_0000, "::3:4:5:6:0:0"),
        ] as [(UInt64, UInt64, String)])
    func ipv6Text(high: UInt64, low: UInt64, text: String) {
        #expect(IPv6Address(high: high, low: low).description == text)
        #expect(IPv6Address(text) == IPv6Address(high: high, low: low))
    }

    @Test func everyAddressReadsBackFromItsText() {
        var random = SeededRandom(seed: 0x1_2026)
        for round in 0..<20_000 {
            // Random zeros: a mask keeps about half the groups.
            let mask = (0..<8).map { _ in random.oneIn(2) ? UInt64(0xffff) : 0 }
            let high = random.next() & mask[..<4].reduce(0) { $0 << 16 | $1 }
            let low = random.next() & mask[4...].reduce(0) { $0 << 16 | $1 }
            let address = IPv6Address(high: high, low: low)
            #expect(IPv6Address(address.description) == address, "seed 0x1_2026 round \(round)")
            #expect(IPv6Address(fullText(address)) == address, "seed 0x1_2026 round \(round)")
            #expect(address.description.count <= fullText(address).count)
            let short = IPv4Address(rawValue: UInt32(truncatingIfNeeded: low))
            #expect(IPv4Address(short.description) == short)
            #expect(IPAddress(short.description) == .v4(short))
            let station = MACAddress(rawValue: high)
            #expect(MACAddress(station.description) == station)
        }
    }

    /// All eight groups in full, nothing left out.
    private func fullText(_ address: IPv6Address) -> String {
        [address.high, address.low].flatMap { half in
            [48, 32, 16, 0].map { shift in
                let digits = String(half >> UInt64(shift) & 0xffff, radix: 16)
                return String(repeating: "0", count: 4 - digits.count) + digits
            }
        }.joined(separator: ":")
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1.2.3",
        "::1.2.3.4.5",
        "1.2.3.4::", "::256.0.0.1", "1:2:3:4:5:6:7::8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "::+1", "::-1",
        "fe80::1%lo",
    ])
    func notIPv6(_ text: String) {
        #expect(IPv6Address(text) == nil)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1..3.4", "1.2.3.", "1.2.3.4 ", "a.b.c.d",
    ])
    func notIPv4(_ text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test(arguments: ["", "1:2:3:4:5", "1:2:3:4:5:6:7", "1:2:3:4:5:100", "g:0:0:0:0:0", "1::3:4:5:6", "+1:2:3:4:5:6"])
    func notMAC(_ text: String) {
        #expect(MACAddress(text) == nil)
    }

    @Test func macAddressesReadInTheirUsualForms() {
        let expected = MACAddress(rawValue: 0x5e_0053_0a)
        #expect(expected.description == "00:00:5e:00:53:0a")
        #expect(MACAddress("0:0:5e:0:53:a") == expected)
        #expect(MACAddress("00-00-5E-00-53-0A") == expected)
    }

    @Test func addressesAreOrderedByVersionThenBytes() {
        let sorted = ["1.2.3.4", "10.0.0.1", "::", "1::", "1::1", "fe80::"].compactMap { IPAddress($0) }
        #expect(sorted.count == 6)
        #expect(sorted.shuffled().sorted() == sorted)
    }
}
