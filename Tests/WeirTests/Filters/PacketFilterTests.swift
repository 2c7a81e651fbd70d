import TestKit
import Testing
import Weir

@Suite struct PacketFilterTests {
    @Test(arguments: FilterEngine.allCases)
    func keepsWhatTheExpressionMatches(engine: FilterEngine) throws {
        let capture = try Sample.pcap([Sample.ipv4, Sample.arp, Sample.ipv6, Sample.arp])
        let (kept, run) = try Sample.lengths(capture, PacketFilter("arp or ip6", engine: engine))
        #expect(kept == [42, 80, 42])
        #expect(run.tally.packetsRead == 4)
        #expect(run.tally.packetsKept == 3)
        #expect(run.tally.bytesKept == 164)
        #expect(run.linkFilters.map(\.filter.engine) == [engine])
        #expect(run.linkFilters.map(\.linkType) == [.ethernet])
    }

    @Test func everythingNeedsNoEngine() throws {
        let (kept, run) = try Sample.lengths(try Sample.pcap([Sample.ipv4, Sample.arp]), .everything)
        #expect(kept == [60, 42])
        #expect(run.linkFilters.map(\.filter.engine) == [nil])
    }

    @Test func loopsRunOnTheClassicEvaluator() throws {
        let (_, run) = try Sample.lengths(try Sample.pcap([Sample.ipv6]), "ip6 protochain 58")
        let filter = try #require(run.linkFilters.first?.filter)
        #expect(filter.engine == .classic)
        #expect(filter.executable == nil)
        #expect(filter.reason?.contains("jump back to instruction") == true)
        #expect(filter.description.contains("run by the classic evaluator: instruction"))
    }

    /// A filter sees the length on the wire, and bytes only as far as they were captured.
    @Test(arguments: FilterEngine.allCases)
    func lengthsAreThoseOnTheWire(engine: FilterEngine) throws {
        let capture = try Sample.pcap([Sample.ipv4], originalLength: 1500)
        #expect(try Sample.lengths(capture, PacketFilter("greater 1500", engine: engine)).kept == [60])
        #expect(try Sample.lengths(capture, PacketFilter("ether[60] = 0", engine: engine)).kept == [])
        #expect(try Sample.lengths(capture, PacketFilter("ether[59] = 0", engine: engine)).kept == [60])
    }

    @Test func programsCutPackets() throws {
        let spec = try ProgramSpec(assembly: "r6 = r1\nr0 = *(u16 *)skb[12]\nr0 &= 0xff\nexit\n")
        let filter = PacketFilter(try Executable.load(spec))
        let (kept, run) = try Sample.lengths(try Sample.pcap([Sample.ipv4, Sample.arp, Sample.ipv6]), filter)
        #expect(kept == [6, 80])
        #expect(run.tally.capturedBytesKept == 86)
        #expect(run.tally.bytesKept == 122)
    }

    /// Packets longer than any snapshot length are kept whole.
    @Test func longPacketsAreNotCut() throws {
        let long = Sample.frame(0x0800, length: 262_144)
        #expect(try Sample.lengths(try Sample.pcap([long]), "ip", batch: 1 << 20).kept == [262_144])
    }

    @Test func limitEndsReading() throws {
        let capture = try Sample.pcap([[UInt8]](repeating: Sample.arp, count: 100))
        for (limit, batch) in [(0, 256), (1, 256), (7, 1 << 16), (100, 256), (101, 256)] {
            let (kept, run) = try Sample.lengths(capture, "arp", limit: UInt64(limit), batch: batch)
            #expect(kept.count == min(limit, 100))
            #expect(run.tally.packetsRead == min(limit, 100))
        }
    }

    /// Filters agree whatever engine runs them and however the packets come in batches.
    @Test func enginesAndBatchesAgree() throws {
        var random = SeededRandom(seed: 5)
        let expressions: [FilterExpression] = [
            "ip", "ip6 or arp", "not ip", "len > 200", "ether[20] & 3 = 1", "ip[0] & 0xf = 5 and udp", "tcp port 80",
            "icmp6", "vlan 5 and ip", "ether[14:4] > 0x80000000", "ip6 protochain 17",
        ]
        for round in 0..<20 {
            let packets = (0..<50).map { _ in
                let types: [UInt16] = [0x0800, 0x86dd, 0x0806, 0x8100]
                let frame = Sample.frame(random.pick(types), length: Int.random(in: 14...300, using: &random))
                return Array(frame.prefix(14)) + random.bytes(frame.count - 14)
            }
            let capture = try Sample.pcap(packets)
            for expression in expressions {
                let results = try FilterEngine.allCases.flatMap { engine in
                    try [64, 1 << 16].map {
                        try Sample.lengths(capture, PacketFilter(expression, engine: engine), batch: $0).kept
                    }
                }
                #expect(Set(results).count == 1, "seed 5, round \(round): \(expression)")
            }
        }
    }
}
