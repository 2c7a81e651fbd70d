import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import PacketHeaders
import TestKit
import Testing
import Weir

/// The program and ``FlowKey`` read damaged packets alike: two parsers that share nothing but the definition.
@Suite struct FlowProgramMutationTests {
    private static let ipv4 = "45000020 00010000 40110000 0a000001 0a000002" + udp
    private static let udp = "13880035 000c0000 01020304"
    private static let tcp = "002a0050 00000001 00000002 8018faf0 00000000 0101 080a0000000100000002"
    private static let ipv6 =
        "60000000 002c 00 40 fe800000000000000000000000000001 ff0200000000000000000000000000fb 2b00010400000000"
        + "3c00000000000000 2c00010400000000 1100000100000007" + udp
    private static let stations = "ffffffffffff 020000000001"

    /// Packets of every link type that a program knows.
    private static let seeds: [(linkType: LinkType, packets: [String])] = [
        (
            .ethernet,
            [
                stations + "0800 46000024 00010000 40060000 0a000001 0a000002 01010101" + tcp, stations + "86dd" + ipv6,
                stations + "88a8 0005 8100 0006 9100 0007 8847 03e81040 49300140" + ipv4,
                stations + "8864 1100 1234 0022 0281 03e81140" + ipv6,
                stations + "8100 0005 0028 aaaa03 000000 8100 0006 0800" + ipv4, stations + "0806 0001080006040001",
                stations + "0800 45000020 00010001 40110000 0a000001 0a000002" + udp,
            ]
        ),
        (.null, ["02000000" + ipv4, "0000001e" + ipv6]), (.raw, [ipv4, ipv6]), (.ipv4, [ipv4]), (.ipv6, [ipv6]),
        (.slip, ["0045" + String(repeating: "00", count: 14) + ipv4]),
        (.linuxSLL, ["0000 0001 0006 0200000000010000 0004 aaaa03 000000 0800" + ipv4]),
        (.linuxSLL2, ["86dd 0000 00000002 0001 00 06 0200000000010000" + ipv6]),
        (.ppp, ["ff03 0021" + ipv4, "57" + ipv6, "0f00 8100 0005 0800" + ipv4, "ff03 0281 03e81140" + ipv4]),
        (.ciscoHDLC, ["0f00 0800" + ipv4]),
        (.frameRelay, ["48e1 03 00 80 000000 0800" + ipv4, "48e0e1 86dd" + ipv6, "48e1 03 cc" + ipv4]),
        (.linuxARCNET, ["be50 a8e7 d4 00 0166" + ipv4, "be50 a8e7 f0" + ipv4, "be50 a8e7 c4 00 0166" + ipv6]),
        (.nflog, ["0200 0014 0500 0a00 00000000 0800 0100 00000000 0800 0900" + ipv4]),
        (.ieee80211, ["8883 0000" + stations + stations + "0000 0000" + "aaaa03 000000 86dd" + ipv6]),
        (.radiotap, ["0000 0a00 00000000 0000 0801 0000" + stations + stations + "aaaa03 000000 0800" + ipv4]),
        (.ppi, ["0000 0c00 01000000 00000000" + stations + "0800" + ipv4, "0000 0800 6b000000 48e1 03 cc" + ipv4]),
        (.ipOverInfiniBand, [String(repeating: "00", count: 40) + "0800 0000" + ipv4]),
    ]

    @Test func damagedPacketsAreCountedAsFlowKeySays() throws {
        var random = Mutation.random("flow programs")
        let rounds = Mutation.count / Self.seeds.count
        for (linkType, packets) in Self.seeds {
            let seeds = try packets.map { try #require([UInt8](hex: $0.filter { $0 != " " })) }
            let program = try FlowProgram(linkType: linkType, capacity: rounds)
            let maps = try program.spec.maps.mapValues { try Map($0) }
            let reasons = try #require(maps.values.first { $0.spec.type == .array })
            let executable = try Executable(try Verifier().verify(program.spec), maps: maps)
            let worker = Worker()
            var expected: [String: UInt64] = [:]
            var tooDeep: UInt64 = 0
            for _ in 0..<rounds {
                var packet = random.mutation(of: random.pick(seeds), splicing: seeds)
                if random.oneIn(8), packet.count > 16 { Self.deepen(&packet, &random) }
                #expect(executable.run(on: packet.span, worker: worker) == 0)
                // A program's loops end somewhere, those of FlowKey only with the packet.
                let given = try Self.packets(for: .tooManyHeaders, in: reasons)
                if given == tooDeep { expected[Self.place(of: packet, linkType), default: 0] += 1 }
                tooDeep = given
            }
            #expect(tooDeep * 4 < rounds)
            if tooDeep > 0 { expected["\(FlowReason.tooManyHeaders)"] = tooDeep }
            let table = try FlowTable(of: program, maps: maps)
            var found: [String: UInt64] = [:]
            for row in table.rows { found[Self.key(of: row), default: 0] += row.packets }
            for (reason, count) in table.reasons { found["\(reason)"] = count.packets }
            let differing = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
            #expect(differing.sorted().prefix(5) == [], "\(linkType)")
        }
    }

    private static func packets(for reason: FlowReason, in reasons: Map) throws -> UInt64 {
        let value = try reasons.lookup([UInt8(reason.rawValue), 0, 0, 0])
        return value.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Repeats four or eight bytes somewhere, so that tags, labels, options and values pile up.
    private static func deepen(_ packet: inout [UInt8], _ random: inout SeededRandom) {
        let length = random.pick([4, 8])
        let start = Int.random(in: 0...packet.count - length, using: &random)
        let piece = packet[start..<start + length]
        for _ in 0..<Int.random(in: 1...40, using: &random) { packet.insert(contentsOf: piece, at: start) }
    }

    private static func place(of packet: [UInt8], _ linkType: LinkType) -> String {
        do throws(FlowReason) { return try FlowKey(packet.span, linkType: linkType).description } catch {
            return "\(error)"
        }
    }

    private static func key(of row: FlowRow) -> String {
        guard let source = row.source, let destination = row.destination, let kind = row.protocol else { return "" }
        return FlowKey(
            source: source, destination: destination, protocol: kind, sourcePort: row.sourcePort,
            destinationPort: row.destinationPort
        ).description
    }
}
