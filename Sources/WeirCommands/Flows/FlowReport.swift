internal import Weir

/// A flow table with its totals, as text, JSON or comma-separated values.
struct FlowReport {
    let table: FlowTable
    let summary: CaptureSummary
    let counter: FlowCounter

    /// A table for people, then the totals.
    func lines(by order: FlowOrder, limit: Int) -> [String] {
        var text = Table(columns.map(\.heading))
        for row in table.rows(by: order, limit: limit) { text.add(columns.map { $0.text(row) }) }
        return (table.rows.isEmpty ? [] : text.lines) + totals(shown: min(limit, table.rows.count))
    }

    /// The columns that the grouping has something to say in.
    private var columns: [FlowColumn] {
        let ends: [FlowColumn] =
            switch counter.grouping {
            case .fiveTuple: [.proto, .source, .destination]
            case .host: [.source, .destination]
            case .port: [.proto, .port]
            case .proto: [.proto]
            case .vlan: [.vlan]
            }
        let counts: [FlowColumn] =
            counter.isTwoWay
            ? [.forwardPackets, .forwardBytes, .backwardPackets, .backwardBytes, .packets, .bytes]
            : [.packets, .bytes]
        let flags: [FlowColumn] = counter.grouping == .fiveTuple ? [.flags] : []
        return ends + counts + flags + [.start, .duration]
    }

    /// What was counted where: flows' packets and those in no flow are all that were read.
    private func totals(shown: Int) -> [String] {
        let inFlows = table.rows.reduce((packets: UInt64(0), bytes: UInt64(0))) {
            ($0.packets &+ $1.packets, $0.bytes &+ $1.bytes)
        }
        let rest = table.rows.count - shown
        var lines = [
            "\(Quantity.count(table.rows.count, "flow"))\(rest > 0 ? " (\(rest) not shown)" : ""): "
                + "\(Quantity.count(inFlows.packets, "packet")), \(Quantity.bytes(inFlows.bytes))"
        ]
        lines += table.reasons.map { reason, count in
            "in no flow, \(reason): \(Quantity.count(count.packets, "packet")), \(Quantity.bytes(count.bytes))"
        }
        let left = summary.tally.packetsRead &- summary.tally.packetsKept
        if left > 0 { lines.append("not matched: \(Quantity.count(left, "packet"))") }
        lines.append("in all: \(Quantity.count(summary.tally.packetsRead, "packet")) read")
        if table.reasons.contains(where: { $0.reason == .tableFull }) {
            lines.append("there was room for \(Quantity.count(counter.capacity, "flow")); give more with --capacity")
        }
        return lines
    }
}
