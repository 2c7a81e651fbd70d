import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import PacketHeaders
import TestKit
import Testing
import Weir

@Suite(.serialized) struct FlowCountingTests {
    private static let stations = "ffffffffffff 020000000001"
    private static let tcp = "002a0050 00000001 00000000 5002faf0 00000000"
    private static let answer = "0050002a 00000009 00000002 5012faf0 00000000"

    private static func ipv4(_ source: String, _ destination: String, _ rest: String) -> String {
        "45000028 00014000 40060000 \(source) \(destination)" + rest
    }

    private static let there = stations + "0800" + ipv4("0a000001", "0a000002", tcp)
    private static let back = stations + "0800" + ipv4("0a000002", "0a000001", answer)

    /// Counts packets, each with its time, on one engine.
    private func count(
        _ packets: [(String, UInt64)], by grouping: FlowGrouping = .fiveTuple, twoWay: Bool = false, capacity: Int = 8,
        engine: Engine
    ) throws -> FlowTable {
        let program = try FlowProgram(linkType: .ethernet, by: grouping, twoWay: twoWay, capacity: capacity)
        let maps = try program.spec.maps.mapValues { try Map($0) }
        let executable = try Executable(try Verifier().verify(program.spec), maps: maps, engine: engine)
        let worker = Worker()
        for (hex, time) in packets {
            var metadata = PacketMetadata()
            metadata.nanoseconds = time
            metadata.originalLength = 1500
            let bytes = try #require([UInt8](hex: hex.filter { $0 != " " }))
            #expect(executable.run(on: bytes.span, metadata: metadata, worker: worker) == 0)
        }
        return try FlowTable(of: program, maps: maps)
    }

    @Test(arguments: Engine.allCases)
    func timesAreThoseOfTheEarliestAndTheLatestPacket(engine: Engine) throws {
        for twoWay in [false, true] {
            let table = try count([20, 30, 10, 25].map { (Self.there, $0) }, twoWay: twoWay, engine: engine)
            #expect(table.rows.map(\.first) == [10])
            #expect(table.rows.map(\.last) == [30])
            #expect(table.rows.map(\.packets) == [4])
            #expect(table.rows.map(\.bytes) == [6000])
        }
    }

    @Test(arguments: Engine.allCases)
    func aTwoWayRowReadsFromItsFirstPacket(engine: Engine) throws {
        for (packets, source) in [
            ([Self.there, Self.back, Self.back], "10.0.0.1"), ([Self.back, Self.there], "10.0.0.2"),
        ] {
            let table = try count(packets.map { ($0, 5) }, twoWay: true, engine: engine)
            let row = try #require(table.rows.first)
            #expect(table.rows.count == 1)
            #expect(row.source?.description == source)
            #expect(row.forward.packets == 1)
            #expect(Int(row.backward.packets) == packets.count - 1)
            #expect(row.forward.tcpFlags == (source == "10.0.0.1" ? [.synchronize] : [.synchronize, .acknowledge]))
        }
    }

    @Test(arguments: Engine.allCases)
    func newFlowsOfAFullTableAreCountedAsSuch(engine: Engine) throws {
        let packets = [Self.there, Self.back, Self.back, Self.there].map { ($0, UInt64(5)) }
        let table = try count(packets, capacity: 1, engine: engine)
        #expect(table.rows.map(\.packets) == [2])
        #expect(table.reasons.map(\.reason) == [.tableFull])
        #expect(table.reasons.map(\.count) == [FlowCount(packets: 2, bytes: 3000)])
        #expect(table.packets == 4)
        #expect(table.bytes == 6000)
    }

    /// Packets at the limits of the program's loops, and one beyond.
    @Test(arguments: [
        (8, stations + String(repeating: "8100 0005", count: 8) + "0800" + ipv4("0a000001", "0a000002", tcp)),
        (9, stations + String(repeating: "8100 0005", count: 9) + "0800" + ipv4("0a000001", "0a000002", tcp)),
        (
            8,
            stations + "8847" + String(repeating: "03e81040", count: 15) + "03e81140"
                + ipv4("0a000001", "0a000002", tcp)
        ),
        (
            9,
            stations + "8847" + String(repeating: "03e81040", count: 16) + "03e81140"
                + ipv4("0a000001", "0a000002", tcp)
        ),
        (
            8,
            stations + "86dd 60000000 0054 3c 40" + String(repeating: "00", count: 32)
                + String(repeating: "3c00010400000000", count: 7) + "0600010400000000" + tcp
        ),
        (
            9,
            stations + "86dd 60000000 005c 3c 40" + String(repeating: "00", count: 32)
                + String(repeating: "3c00010400000000", count: 8) + "0600010400000000" + tcp
        ),
    ])
    func loopsEndWhereTheySay(count headers: Int, packet: String) throws {
        let table = try count([(packet, 5)], engine: .interpreter)
        #expect(table.rows.count == (headers == 8 ? 1 : 0))
        #expect(table.rows.allSatisfy { $0.destinationPort == 80 })
        #expect(table.reasons.map(\.reason) == (headers == 8 ? [] : [.tooManyHeaders]))
    }

    @Test(arguments: Engine.allCases)
    func vlansAreCountedByTheOutermostTag(engine: Engine) throws {
        let tagged = Self.stations + "88a8 2007 8100 0009 0800" + Self.ipv4("0a000001", "0a000002", Self.tcp)
        let table = try count([(tagged, 1), (Self.there, 2), (tagged, 3)], by: .vlan, engine: engine)
        #expect(table.rows.map { "\($0.vlan.map(String.init) ?? "none") \($0.packets)" }.sorted() == ["7 2", "none 1"])
    }

    @Test(arguments: Engine.allCases)
    func servicesAreCountedByTheLowerPort(engine: Engine) throws {
        let table = try count([(Self.there, 1), (Self.back, 2)], by: .port, twoWay: true, engine: engine)
        let row = try #require(table.rows.first)
        #expect(table.rows.count == 1)
        #expect(row.sourcePort == 42 && row.destinationPort == 0)
        #expect(row.forward.tcpFlags == [.synchronize] && row.backward.tcpFlags == [.synchronize, .acknowledge])
        let oneWay = try count([(Self.there, 1), (Self.back, 2)], by: .port, engine: engine)
        #expect(oneWay.rows.map { "\($0.sourcePort) > \($0.destinationPort)" }.sorted() == ["0 > 42", "42 > 0"])
    }
}
