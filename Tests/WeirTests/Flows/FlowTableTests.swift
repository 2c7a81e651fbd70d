import BPFMaps
import BPFModel
import PacketBuffers
import PacketHeaders
import TestKit
import Testing
import Weir

@Suite struct FlowTableTests {
    private static let key4 = "0a000001 0a000002 01bb 1388 06 00 0000"
    private static let key6 = "fe80000000000000 0000000000000001 ff02000000000000 00000000000000fb 14e9 14e9 11 00 0000"
    private static let oneWay = number(3) + number(180) + number(1000) + number(5000) + "1b00000000000000"
    private static let ports = "00000000 00000000 0000 0035 11 00 0000"

    /// Eight bytes, least significant first.
    private static func number(_ value: UInt64) -> String {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }.hex
    }

    private static func twoWay(beganBack: Bool) -> String {
        number(3) + number(180) + number(2) + number(3000) + number(1000) + number(5000) + "1b000000" + "12000000"
            + number(beganBack ? 1 : 0)
    }

    /// Reads the tables of a program whose maps hold the entries given.
    private func table(
        _ grouping: FlowGrouping, twoWay: Bool = false, flows: [(String, String)], reasons: [(UInt8, String)] = []
    ) throws -> FlowTable {
        let program = try FlowProgram(linkType: .ethernet, by: grouping, twoWay: twoWay, capacity: 8)
        let maps = try program.spec.maps.mapValues { try Map($0) }
        for (key, value) in flows {
            let key = try bytes(key)
            let map = try #require(maps.values.first { $0.spec.keySize == key.count && $0.spec.type == .hash })
            try map.update(key, try bytes(value))
        }
        for (number, value) in reasons {
            let map = try #require(maps.values.first { $0.spec.type == .array })
            try map.update([number, 0, 0, 0], try bytes(value))
        }
        return try FlowTable(of: program, maps: maps)
    }

    private func bytes(_ hex: String) throws -> [UInt8] { try #require([UInt8](hex: hex.filter { $0 != " " })) }

    @Test func oneWayRows() throws {
        let table = try table(
            .fiveTuple, flows: [(Self.key4, Self.oneWay), (Self.key6, Self.oneWay)],
            reasons: [(5, Self.number(2) + Self.number(84)), (4, Self.number(0) + Self.number(0))])
        #expect(table.rows.count == 2)
        let row = table.rows[0]
        #expect(row.source?.description == "10.0.0.1")
        #expect(row.destination?.description == "10.0.0.2")
        #expect(row.protocol == .tcp)
        #expect(row.sourcePort == 443)
        #expect(row.destinationPort == 5000)
        #expect(row.vlan == nil)
        #expect(row.forward == FlowCount(packets: 3, bytes: 180, tcpFlags: TCPFlags(rawValue: 0x1b)))
        #expect(row.backward == FlowCount())
        #expect(row.first == 1000)
        #expect(row.last == 5000)
        #expect(row.duration == 4000)
        #expect(table.rows[1].source?.description == "fe80::1")
        #expect(table.rows[1].destination?.description == "ff02::fb")
        #expect(table.rows[1].protocol == .udp)
        #expect(table.reasons.map(\.reason) == [.arp])
        #expect(table.packets == 8)
        #expect(table.bytes == 444)
    }

    @Test func twoWayRowsReadFromTheirFirstPacket() throws {
        let forward = try table(.fiveTuple, twoWay: true, flows: [(Self.key4, Self.twoWay(beganBack: false))]).rows[0]
        #expect(forward.source?.description == "10.0.0.1")
        #expect(forward.forward == FlowCount(packets: 3, bytes: 180, tcpFlags: TCPFlags(rawValue: 0x1b)))
        #expect(forward.backward == FlowCount(packets: 2, bytes: 3000, tcpFlags: TCPFlags(rawValue: 0x12)))
        #expect(forward.packets == 5)
        #expect(forward.bytes == 3180)

        let back = try table(.fiveTuple, twoWay: true, flows: [(Self.key4, Self.twoWay(beganBack: true))]).rows[0]
        #expect(back.source?.description == "10.0.0.2")
        #expect(back.destinationPort == 443)
        #expect(back.forward.packets == 2)
        #expect(back.backward.packets == 3)
    }

    @Test func rowsHaveWhatTheirGroupingTellsApart() throws {
        let host = try table(.host, flows: [("0a000001 0a000002 00000000 00000000", Self.oneWay)]).rows[0]
        #expect(host.source != nil && host.protocol == nil)
        let port = try table(.port, flows: [(Self.ports, Self.oneWay)]).rows[0]
        #expect(port.source == nil && port.protocol == .udp && port.destinationPort == 53)
        let proto = try table(.proto, flows: [("00000000 00000000 00000000 01000000", Self.oneWay)]).rows[0]
        #expect(proto.protocol == .icmp && proto.vlan == nil)
        let vlan = try table(.vlan, flows: [("00000000 00000000 00000000 00000a10", Self.oneWay)]).rows[0]
        #expect(vlan.vlan == 10 && vlan.protocol == nil)
    }

    @Test func mapsOfOtherSizesAreRefused() throws {
        let oneWay = try FlowProgram(linkType: .ethernet, capacity: 8)
        let twoWay = try FlowProgram(linkType: .ethernet, twoWay: true, capacity: 8)
        let maps = try twoWay.spec.maps.mapValues { try Map($0) }
        #expect(throws: Errno.invalid) { try FlowTable(of: oneWay, maps: maps) }
    }
}
