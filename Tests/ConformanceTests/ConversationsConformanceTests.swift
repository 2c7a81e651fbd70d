import BPFExecution
import Foundation
import PacketBuffers
import PacketHeaders
import TestKit
import Testing
import Weir

/// The conversations tshark found in a capture file.
private struct ConversationTruth: Decodable {
    /// The table of one protocol: how many conversations, and the ten largest.
    struct Table: Decodable {
        var count: Int
        var top: [Conversation]

        /// Whether two conversations have the same ends.
        var isSplit: Bool { Set(top.map { Set([$0.a, $0.b]) }).count < top.count }
    }

    /// A conversation; lengths as tshark prints them, `9504 bytes` or `140 kB`.
    struct Conversation: Decodable {
        var a: String
        var b: String
        var packetsAToB: Int
        var packetsBToA: Int
        var bytesAToB: String
        var bytesBToA: String
    }

    var file: String
    var tsharkConv: [String: Table]?
}

/// Why tshark may see a capture's conversations differently, found by looking at its packets.
private enum Difference: String, CaseIterable {
    case inner = "tshark counts headers inside tunnels and behind AH too"
    case fragments = "tshark reassembles datagrams, here later fragments have no ports"
    case cut = "tshark takes no ports from a header that is cut short"
    case split = "tshark splits one connection into several conversations"
    case announced = "tshark goes by the version in the packet, not by what the link layer announces"
    case oversized = "tshark does not look into a datagram whose length field is 0"
    case mobility = "tshark lists no conversations of mobility headers"
    case routed = "tshark takes the last address of a routing header as the destination"

    /// UDP ports that tunnels use: Teredo, GTP, VXLAN, CAPWAP, Geneve, MPLS.
    private static let tunnelPorts: Set<UInt16> = [2152, 3544, 4789, 5246, 5247, 6081, 6635, 8472]
    /// IP protocols that carry IP: IP in IP, IPv6, GRE, AH, MPLS.
    private static let tunnelProtocols: Set<UInt8> = [4, 41, 47, 51, 137]

    /// What may explain a difference in a capture.
    static func explanations(of capture: WholeCapture) -> Set<Difference> {
        var found: Set<Difference> = []
        capture.forEachPacket { bytes, record in
            let link = LinkLayer(bytes, linkType: record.linkType)
            guard let datagram = try? Datagram(bytes, after: link) else {
                if FlowKey.reason(bytes, record) == .invalidNetwork { found.insert(.announced) }
                return
            }
            let key = FlowKey(bytes, of: datagram)
            if tunnelProtocols.contains(key.protocol.rawValue) { found.insert(.inner) }
            if !tunnelPorts.isDisjoint(with: [key.sourcePort, key.destinationPort]) { found.insert(.inner) }
            if datagram.isLaterFragment { found.insert(.fragments) }
            if datagram.claimedEnd == nil { found.insert(.oversized) }
            if key.protocol.rawValue == 135 { found.insert(.mobility) }
            let header = key.protocol == .tcp ? TCPHeader(bytes, at: datagram.bodyOffset) : nil
            if key.protocol.hasPorts, !datagram.isLaterFragment {
                let length = max(header?.headerLength ?? 20, key.protocol == .udp ? 8 : 20)
                if datagram.bodyOffset + (key.protocol == .udp ? 8 : length) > bytes.count { found.insert(.cut) }
            }
            if let ipv6 = try? IPv6Header(bytes, at: link.payloadOffset), ipv6.nextHeader == .routing {
                found.insert(.routed)
            }
        }
        return found
    }
}

extension FlowKey {
    fileprivate static func reason(_ bytes: Span<UInt8>, _ record: PacketRecord) -> FlowReason? {
        do throws(FlowReason) {
            _ = try FlowKey(bytes, linkType: record.linkType)
            return nil
        } catch { return error }
    }
}

/// Two-way flows are tshark's conversations, but for what is defined differently.
@Suite struct ConversationsConformanceTests {
    @Test func `two-way flows are the conversations tshark finds`() throws {
        let agreement = Agreement("conversations of tshark", engine: "interpreter")
        var hosts = try FlowCounter(by: .host, twoWay: true, engine: .interpreter)
        var flows = try FlowCounter(by: .fiveTuple, twoWay: true, engine: .interpreter)
        var explained: [String] = []
        for truth in try Self.truths() {
            guard let tables = truth.tsharkConv, let file = SharedData.capture(truth.file) else { continue }
            let capture = WholeCapture(file, name: truth.file)
            let pairs = try hosts.count(capture).rows
            let connections = try flows.count(capture).rows
            for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
                let rows =
                    name.hasPrefix("IP")
                    ? pairs.filter { Self.version(of: $0) == name }
                    : connections.filter { $0.protocol == (name == "TCP" ? .tcp : .udp) }
                let difference = Self.difference(table, rows)
                let reasons =
                    difference == nil
                    ? [] : table.isSplit ? [.split] : Difference.explanations(of: capture)
                if let difference, !reasons.isEmpty {
                    let why = Difference.allCases.filter(reasons.contains).map(\.rawValue).joined(separator: "; ")
                    explained.append("\(truth.file), \(name): \(difference): \(why)")
                } else {
                    agreement.compare("\(truth.file), \(name)", expected: "the same", found: difference ?? "the same")
                }
            }
        }
        let unexplained = agreement.report()
        print("  defined differently: \(explained.count)")
        for line in explained { print("  \(line)") }
        #expect(unexplained == [])
    }

    private static func truths() throws -> [ConversationTruth] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try (SharedData.contents("captures/truth.jsonl") ?? Data()).split(separator: UInt8(ascii: "\n"))
            .map { try decoder.decode(ConversationTruth.self, from: Data($0)) }
    }

    private static func version(of row: FlowRow) -> String {
        switch row.source {
        case .v4: "IPv4"
        case .v6: "IPv6"
        case nil: ""
        }
    }

    /// The first difference between a table of tshark's and ours, or nil.
    private static func difference(_ table: ConversationTruth.Table, _ rows: [FlowRow]) -> String? {
        if table.count != rows.count { return "tshark has \(table.count) conversations, not \(rows.count)" }
        var directions: [String: FlowCount] = [:]
        for row in rows {
            let ends = (end(row.source, row.sourcePort), end(row.destination, row.destinationPort))
            directions["\(ends.0) > \(ends.1)"] = row.forward
            if ends.0 != ends.1 { directions["\(ends.1) > \(ends.0)"] = row.backward }
        }
        for conversation in table.top {
            let ways = [
                ("\(conversation.a) > \(conversation.b)", conversation.packetsAToB, conversation.bytesAToB),
                ("\(conversation.b) > \(conversation.a)", conversation.packetsBToA, conversation.bytesBToA),
            ]
            for (ends, packets, bytes) in ways where conversation.a != conversation.b || packets > 0 {
                let count = directions[ends]
                if count.map({ Int($0.packets) }) != packets || !isRounded(bytes, count?.bytes ?? 0) {
                    let ours = count.map { "\($0.packets) packets, \($0.bytes) bytes" } ?? "nothing"
                    return "\(ends): tshark has \(packets) packets, \(bytes), not \(ours)"
                }
            }
        }
        return nil
    }

    private static func end(_ address: IPAddress?, _ port: UInt16) -> String {
        let text = address?.description ?? ""
        return port == 0 ? text : "\(text):\(port)"
    }

    /// Whether a length is what tshark's text says, which cuts off below its unit.
    private static func isRounded(_ text: String, _ bytes: UInt64) -> Bool {
        let parts = text.split(separator: " ")
        let units: [Substring: UInt64] = ["bytes": 1, "kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000]
        guard parts.count == 2, let number = UInt64(parts[0]), let unit = units[parts[1]] else { return false }
        return bytes / unit == number
    }
}
