import ClassicBPF
import PacketBuffers
import PacketCapture
import Testing

@Suite struct LinkTypeNames {
    @Test(arguments: [
        ("EN10MB", 1, "Ethernet"), ("NULL", 0, "BSD loopback"), ("RAW", 101, "Raw IP"),
        ("LINUX_SLL", 113, "Linux cooked v1"),
        ("LINUX_SLL2", 276, "Linux cooked v2"), ("ATM_RFC1483", 100, "RFC 1483 LLC-encapsulated ATM"),
        ("IEEE802_11_RADIO", 127, "802.11 plus radiotap header"), ("PPP_BSDOS", 103, "BSD/OS PPP"),
        ("IPV4", 228, "Raw IPv4"), ("PKTAP", 258, "Apple DLT_PKTAP"), ("PFSYNC", 246, "Packet filter state syncing"),
    ])
    func nameAndNumber(name: String, number: UInt16, description: String) throws {
        let linkType = try #require(LinkType(libpcapName: name))
        #expect(linkType.rawValue == number)
        #expect(linkType.libpcapName == name)
        #expect(linkType.libpcapDescription == description)
        #expect(LinkType(libpcapName: name.lowercased()) == linkType)
    }

    @Test func unknownNamesHaveNoLinkType() {
        for name in ["", "EN10", "EN10MB ", "DLT_EN10MB", "EN10MB\0", "1"] {
            #expect(LinkType(libpcapName: name) == nil, "\(name)")
        }
        #expect(LinkType(rawValue: 65_535).libpcapName == nil)
    }

    @Test func everyKnownLinkTypeIsFoundByItsName() throws {
        let known = LinkType.knownToLibpcap
        #expect(known.count > 150)
        for linkType in known {
            let name = try #require(linkType.libpcapName)
            #expect(LinkType(libpcapName: name) == linkType, "\(name)")
        }
    }

    @Test func everyKnownLinkTypeCompilesOrSaysWhyNot() {
        for linkType in LinkType.knownToLibpcap {
            var compiler = FilterCompiler(linkType: linkType, nameLookup: .refused)
            for expression in FilterExpression.samples {
                for optimizes in [true, false] {
                    compiler.optimizes = optimizes
                    do throws(FilterError) {
                        #expect(try !compiler.compile(expression).instructions.isEmpty)
                    } catch {
                        #expect(error.code == .refused && !error.message.isEmpty && !error.advice.isEmpty)
                    }
                }
            }
        }
    }
}

extension FilterExpression {
    static let samples: [FilterExpression] = [
        "", "ip", "tcp port 80", "ether host 00:11:22:33:44:55", "vlan 5 and ip6", "len > 100 and ip[8] < 5",
        "broadcast",
        "link[0] & 1 != 0", "mpls", "pppoes", "inbound", "wlan type mgt", "host ::1", "not arp", "lat or iso or stp",
    ]
}
