/// What the rows of a flow table are ordered by.
public enum FlowOrder: String, Hashable, Sendable, CaseIterable {
    /// The most bytes first.
    case bytes
    /// The most packets first.
    case packets
    /// The earliest first packet first.
    case first
    /// The latest last packet first.
    case last
    /// The longest first.
    case duration

    /// Whether `left` comes before `right`; rows equal in what is asked for go by their first packets and their ends,
    /// so that equal tables print alike.
    func areInOrder(_ left: FlowRow, _ right: FlowRow) -> Bool {
        let (a, b) = (rank(left), rank(right))
        if a != b { return a > b }
        if left.first != right.first { return left.first < right.first }
        return left.ends.lexicographicallyPrecedes(right.ends)
    }

    /// A number that is larger the earlier a row comes.
    private func rank(_ row: FlowRow) -> UInt64 {
        switch self {
        case .bytes: row.bytes
        case .packets: row.packets
        case .first: UInt64.max - row.first
        case .last: row.last
        case .duration: row.duration
        }
    }
}

extension FlowRow {
    /// What tells a row from all others, as text to compare.
    fileprivate var ends: [String] {
        [
            source.map { "\($0)" } ?? "", destination.map { "\($0)" } ?? "",
            "\(`protocol`.map { Int($0.rawValue) } ?? -1)", "\(sourcePort)", "\(destinationPort)",
            "\(vlan.map(Int.init) ?? -1)",
        ]
    }
}

extension FlowTable {
    /// The rows in order: all, or the first `limit`.
    public func rows(by order: FlowOrder, limit: Int = .max) -> [FlowRow] {
        Array(rows.sorted(by: order.areInOrder).prefix(limit))
    }
}
