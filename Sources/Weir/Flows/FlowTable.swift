public import BPFMaps
public import BPFModel
public import PacketHeaders

/// What a flow program counted, read from its maps.
///
/// Every packet is in one row or under one reason, so the totals are those of the packets read.
public struct FlowTable: Sendable {
    /// The flows, in the order of the maps.
    public private(set) var rows: [FlowRow] = []
    /// The packets in no flow, by the reason; reasons without packets are left out.
    public private(set) var reasons: [(reason: FlowReason, count: FlowCount)] = []

    private let grouping: FlowGrouping
    private let layout: FlowLayout

    /// Makes an empty table.
    ///
    /// - Parameter program: the program whose maps will be read, or any that shares them.
    public init(of program: FlowProgram) {
        grouping = program.grouping
        layout = FlowLayout(isTwoWay: program.isTwoWay)
    }

    /// How many packets were counted, in flows and outside.
    public var packets: UInt64 { rows.reduce(0) { $0 &+ $1.packets } &+ reasons.reduce(0) { $0 &+ $1.count.packets } }
    /// How many bytes the packets had on the wire.
    public var bytes: UInt64 { rows.reduce(0) { $0 &+ $1.bytes } &+ reasons.reduce(0) { $0 &+ $1.count.bytes } }

    /// Reads the maps of a flow program.
    ///
    /// - Parameters:
    ///   - program: the program, or any that shares the maps.
    ///   - maps: the maps by the numbers the program names them with; absent ones count as empty.
    /// - Throws: what reading a map throws; `EINVAL` where a map is not of the program's sizes.
    public init(of program: FlowProgram, maps: [Int32: Map]) throws(Errno) {
        typealias Number = FlowLayout.MapNumber
        self.init(of: program)
        for number in [Number.flows4, Number.flows6] {
            guard let map = maps[number] else { continue }
            try add(flows: try map.entries())
        }
        if let map = maps[Number.reasons] { try add(reasons: try map.entries()) }
    }

    /// Adds the entries of `flows4` or `flows6`, told apart by the length of their keys.
    ///
    /// - Throws: `EINVAL` where keys or values are not of the sizes the program's maps have.
    public mutating func add(flows entries: MapEntries) throws(Errno) {
        let isShort = entries.keySize == FlowLayout.shortKey
        guard entries.valueSize == layout.valueSize, isShort || entries.keySize == FlowLayout.longKey else {
            throw .invalid
        }
        rows.reserveCapacity(rows.count + entries.count)
        let reader = FlowReader(layout: layout, grouping: grouping, hasShortKeys: isShort)
        for index in entries.indices {
            let key = entries.keys.span.extracting(index * entries.keySize..<(index + 1) * entries.keySize)
            let value = entries.values.span.extracting(index * entries.valueSize..<(index + 1) * entries.valueSize)
            rows.append(reader.row(key: key, value: value))
        }
    }

    /// Adds the entries of `reasons`.
    ///
    /// - Throws: `EINVAL` where keys or values are not of the sizes the program's map has.
    public mutating func add(reasons entries: MapEntries) throws(Errno) {
        guard entries.valueSize == FlowLayout.reasonSize, entries.keySize == 4 else { throw .invalid }
        for index in entries.indices {
            let count = FlowCount(
                packets: entries.values.span.number(at: index * FlowLayout.reasonSize),
                bytes: entries.values.span.number(at: index * FlowLayout.reasonSize + 8))
            let number = UInt32(truncatingIfNeeded: entries.keys.span.number(at: index * 4, size: 4))
            guard count.packets > 0, let reason = FlowReason(rawValue: number) else { continue }
            reasons.append((reason, count))
        }
    }
}
