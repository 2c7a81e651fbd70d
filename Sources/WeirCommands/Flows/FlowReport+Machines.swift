internal import Weir

extension FlowReport {
    /// The rows and totals as one JSON object.
    func json(by order: FlowOrder, limit: Int) -> JSONValue {
        [
            "flows": .array(table.rows(by: order, limit: limit).map { json($0) }),
            "in_no_flow": .array(
                table.reasons.map { reason, count in
                    [
                        "reason": .string("\(reason)"), "packets": .unsigned(count.packets),
                        "bytes": .unsigned(count.bytes),
                    ]
                }),
            "flow_count": .count(table.rows.count),
            "flow_packets": .unsigned(table.rows.reduce(0) { $0 &+ $1.packets }),
            "flow_bytes": .unsigned(table.rows.reduce(0) { $0 &+ $1.bytes }),
            "summary": summary.result,
        ]
    }

    private func json(_ row: FlowRow) -> JSONValue {
        .object(fields(row).map { JSONValue.Field($0.name, $0.value) })
    }

    /// The rows as comma-separated values below a line of names.
    func csv(by order: FlowOrder, limit: Int) -> [String] {
        let rows = table.rows(by: order, limit: limit).map { fields($0) }
        let names = fields(FlowRow()).map(\.name)
        return [names.joined(separator: ",")]
            + rows.map { row in row.map { Self.cell($0.value) }.joined(separator: ",") }
    }

    /// Every fact of a row by its name: the same names and order for JSON and for comma-separated values.
    private func fields(_ row: FlowRow) -> [(name: String, value: JSONValue)] {
        var fields: [(name: String, value: JSONValue)] = []
        switch counter.grouping {
        case .fiveTuple:
            fields =
                ends(row) + [
                    ("source_port", .count(row.sourcePort)), ("destination_port", .count(row.destinationPort)),
                    proto(row),
                ]
        case .host: fields = ends(row)
        case .port: fields = [("port", .count(max(row.sourcePort, row.destinationPort))), proto(row)]
        case .proto: fields = [proto(row)]
        case .vlan: fields = [("vlan", row.vlan.map { .count($0) } ?? .null)]
        }
        fields += [("packets", .unsigned(row.packets)), ("bytes", .unsigned(row.bytes))]
        if counter.isTwoWay {
            fields += [
                ("forward_packets", .unsigned(row.forward.packets)), ("forward_bytes", .unsigned(row.forward.bytes)),
                ("backward_packets", .unsigned(row.backward.packets)),
                ("backward_bytes", .unsigned(row.backward.bytes)),
            ]
        }
        let flags = row.forward.tcpFlags.union(row.backward.tcpFlags)
        return fields + [
            ("tcp_flags", .count(flags.rawValue)), ("first_nanoseconds", .unsigned(row.first)),
            ("last_nanoseconds", .unsigned(row.last)),
        ]
    }

    private func ends(_ row: FlowRow) -> [(name: String, value: JSONValue)] {
        [
            ("source", .optional(row.source.map { "\($0)" })),
            ("destination", .optional(row.destination.map { "\($0)" })),
        ]
    }

    private func proto(_ row: FlowRow) -> (name: String, value: JSONValue) {
        ("protocol", row.protocol.map { .count($0.rawValue) } ?? .null)
    }

    /// A value as a cell: addresses and numbers, none of which needs quotes.
    private static func cell(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        case .object, .array, .integer, .unsigned, .decimal, .bool: value.description
        }
    }
}
