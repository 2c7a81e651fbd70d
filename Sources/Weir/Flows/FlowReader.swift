internal import PacketHeaders

/// Reads the entries of one flow map, whose keys and values must be of the layout's sizes.
struct FlowReader {
    private let grouping: FlowGrouping
    private let hasShortKeys: Bool
    private let forward: CountOffsets
    private let backward: CountOffsets?
    private let first: Int
    private let last: Int
    private let beganBack: Int?

    /// Where a direction's counters lie in a value.
    private struct CountOffsets {
        let packets: Int
        let bytes: Int
        let flags: Int
    }

    init(layout: FlowLayout, grouping: FlowGrouping, hasShortKeys: Bool) {
        func offset(_ field: String) -> Int { layout.offset(of: field) ?? 0 }
        self.grouping = grouping
        self.hasShortKeys = hasShortKeys
        forward = CountOffsets(packets: offset("PACKETS"), bytes: offset("BYTES"), flags: offset("FLAGS"))
        backward =
            layout.isTwoWay
            ? CountOffsets(packets: offset("BACK_PACKETS"), bytes: offset("BACK_BYTES"), flags: offset("BACK_FLAGS"))
            : nil
        first = offset("FIRST")
        last = offset("LAST")
        beganBack = layout.offset(of: "BEGAN_BACK")
    }

    func row(key: Span<UInt8>, value: Span<UInt8>) -> FlowRow {
        var row = ends(key)
        row.forward = count(value, forward)
        if let backward { row.backward = count(value, backward) }
        row.first = value.number(at: first)
        row.last = value.number(at: last)
        if let beganBack, value.number(at: beganBack) != 0 { row.reverse() }
        return row
    }

    /// Reads a key into a row without counts.
    private func ends(_ key: Span<UInt8>) -> FlowRow {
        let tail = key.count &- 8
        let tag = key.number(at: tail &+ 6, size: 2)
        return FlowRow(
            source: grouping.hasAddresses ? address(key, index: 0) : nil,
            destination: grouping.hasAddresses ? address(key, index: 1) : nil,
            protocol: grouping.hasProtocol ? IPProtocol(rawValue: key[tail &+ 4]) : nil,
            sourcePort: port(key, at: tail), destinationPort: port(key, at: tail &+ 2),
            vlan: tag & 0x1000 != 0 ? UInt16(truncatingIfNeeded: tag & 0xfff) : nil,
            forward: FlowCount(), backward: FlowCount(), first: 0, last: 0)
    }

    private func port(_ key: Span<UInt8>, at offset: Int) -> UInt16 {
        UInt16(key[offset]) << 8 | UInt16(key[offset &+ 1])
    }

    private func address(_ key: Span<UInt8>, index: Int) -> IPAddress {
        if hasShortKeys {
            let word = UInt32(truncatingIfNeeded: key.number(at: index &* 4, size: 4))
            return .v4(IPv4Address(rawValue: word.byteSwapped))
        }
        let high = key.number(at: index &* 16).byteSwapped
        let low = key.number(at: index &* 16 &+ 8).byteSwapped
        return .v6(IPv6Address(high: high, low: low))
    }

    private func count(_ value: Span<UInt8>, _ offsets: CountOffsets) -> FlowCount {
        FlowCount(
            packets: value.number(at: offsets.packets), bytes: value.number(at: offsets.bytes),
            tcpFlags: TCPFlags(rawValue: value[offsets.flags]))
    }
}

extension FlowRow {
    /// Turns the row round, to how it reads from its other end.
    fileprivate mutating func reverse() {
        swap(&source, &destination)
        swap(&sourcePort, &destinationPort)
        swap(&forward, &backward)
    }
}

extension Span where Element == UInt8 {
    /// A number as programs store it, least significant byte first; the bytes must be there.
    func number(at offset: Int, size: Int = 8) -> UInt64 {
        var number: UInt64 = 0
        for index in 0..<size { number |= UInt64(self[offset &+ index]) << UInt64(8 &* index) }
        return number
    }
}
