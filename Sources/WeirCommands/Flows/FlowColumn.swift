internal import Weir

/// A column of the table of flows: its heading, and what it shows of a row.
struct FlowColumn: Sendable {
    let heading: Table.Column
    let text: @Sendable (FlowRow) -> String

    static let proto = FlowColumn(heading: .left("PROTO")) { row in row.protocol.map { "\($0)" } ?? "-" }
    static let source = FlowColumn(heading: .left("SOURCE")) { row in end(row.source, row.sourcePort, row) }
    static let destination = FlowColumn(heading: .left("DESTINATION")) { row in
        end(row.destination, row.destinationPort, row)
    }
    /// The one port of rows that are told apart by it.
    static let port = FlowColumn(heading: .right("PORT")) { row in
        row.protocol?.hasPorts == true ? "\(max(row.sourcePort, row.destinationPort))" : "-"
    }
    static let vlan = FlowColumn(heading: .right("VLAN")) { row in row.vlan.map { "\($0)" } ?? "untagged" }

    static let forwardPackets = FlowColumn(heading: .right("PACKETS >")) { row in "\(row.forward.packets)" }
    static let forwardBytes = FlowColumn(heading: .right("BYTES >")) { row in Quantity.bytes(row.forward.bytes) }
    static let backwardPackets = FlowColumn(heading: .right("< PACKETS")) { row in "\(row.backward.packets)" }
    static let backwardBytes = FlowColumn(heading: .right("< BYTES")) { row in Quantity.bytes(row.backward.bytes) }
    static let packets = FlowColumn(heading: .right("PACKETS")) { row in "\(row.packets)" }
    static let bytes = FlowColumn(heading: .right("BYTES")) { row in Quantity.bytes(row.bytes) }
    static let flags = FlowColumn(heading: .left("FLAGS")) { row in
        let flags = row.forward.tcpFlags.union(row.backward.tcpFlags)
        return flags.isEmpty ? "-" : "\(flags)"
    }
    static let start = FlowColumn(heading: .left("START")) { row in Quantity.timeOfDay(row.first) }
    static let duration = FlowColumn(heading: .right("DURATION")) { row in
        "\(Quantity.decimal(Double(row.duration) / 1e9, digits: 3)) s"
    }

    /// An end of a flow: its address, with the port where there is one.
    private static func end(_ address: IPAddress?, _ port: UInt16, _ row: FlowRow) -> String {
        guard let address else { return "-" }
        guard row.protocol?.hasPorts == true, row.sourcePort != 0 || row.destinationPort != 0 else {
            return "\(address)"
        }
        return switch address {
        case .v4: "\(address):\(port)"
        case .v6: "[\(address)]:\(port)"
        }
    }
}
