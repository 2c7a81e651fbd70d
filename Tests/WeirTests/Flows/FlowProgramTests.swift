import BPFModel
import BPFVerifier
import PacketBuffers
import Testing
import Weir

@Suite struct FlowProgramTests {
    /// Every link type whose headers are known, and one whose are not.
    static let linkTypes: [LinkType] = [
        .null, .ethernet, .slip, .ppp, .pppSerial, .rawDLT, .rawOpenBSD, .raw, .ciscoHDLC, .ieee80211, .frameRelay,
        .loop,
        .linuxSLL, .radiotap, .linuxARCNET, .ppi, .ipv4, .ipv6, .nflog, .ipOverInfiniBand, .linuxSLL2,
        LinkType(rawValue: 300),
    ]

    @Test(arguments: linkTypes)
    func everyProgramIsProved(linkType: LinkType) throws {
        // What follows the link header is the same for all; once is enough for the rarer groupings.
        let groupings = linkType == .ethernet ? FlowGrouping.allCases : [.fiveTuple]
        for grouping in groupings {
            for twoWay in [false, true] {
                let program = try FlowProgram(linkType: linkType, by: grouping, twoWay: twoWay, capacity: 1000)
                #expect(program.spec.type == .schedCls)
                #expect(program.isTwoWay == (twoWay && grouping.hasDirections))
                #expect(!program.source.contains("@"), "a piece lacks what tells it apart")
                let verified = try Verifier().verify(program.spec)
                #expect(verified.spec == program.spec)
            }
        }
    }

    @Test func theProgramForOneVersionOfIPHasNothingOfTheOther() throws {
        let short = try FlowProgram(linkType: .ipv4)
        #expect(!short.source.contains("ipv6:"))
        let long = try FlowProgram(linkType: .ipv6)
        #expect(!long.source.contains("ipv4:"))
        #expect(short.spec.code.count < long.spec.code.count)
    }

    @Test func mapsAreTheSameForEveryLinkType() throws {
        let maps = try FlowProgram(linkType: .ethernet, capacity: 77).spec.maps
        for linkType in Self.linkTypes {
            #expect(try FlowProgram(linkType: linkType, capacity: 77).spec.maps == maps)
        }
        let sizes = maps.values.map { "\($0.name) \($0.keySize) \($0.valueSize) \($0.maxEntries)" }.sorted()
        #expect(sizes == ["flows4 16 40 77", "flows6 40 40 77", "reasons 4 16 14"])
    }

    @Test(arguments: [
        (FlowGrouping.fiveTuple, true, ["flows4 16 64", "flows6 40 64", "reasons 4 16"]),
        (.host, false, ["flows4 16 40", "flows6 40 40", "reasons 4 16"]),
        (.port, true, ["flows4 16 64", "reasons 4 16"]),
        (.proto, true, ["flows4 16 40", "reasons 4 16"]), (.vlan, false, ["flows4 16 40", "reasons 4 16"]),
    ])
    func mapsFitTheGrouping(grouping: FlowGrouping, twoWay: Bool, expected: [String]) throws {
        let maps = try FlowProgram(linkType: .raw, by: grouping, twoWay: twoWay).spec.maps
        #expect(maps.values.map { "\($0.name) \($0.keySize) \($0.valueSize)" }.sorted() == expected)
    }
}
