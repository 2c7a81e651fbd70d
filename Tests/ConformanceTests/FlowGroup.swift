import PacketBuffers
import PacketHeaders
import Weir

/// What a grouping of flows keeps of a packet, worked out from its headers without any program.
struct FlowGroup: Hashable, Sendable {
    /// An end of a flow: its address and port, as far as the grouping keeps them.
    struct End: Hashable, Comparable, Sendable {
        var address: String = ""
        var port: UInt16 = 0

        static func < (left: End, right: End) -> Bool { (left.address, left.port) < (right.address, right.port) }
    }

    var source = End()
    var destination = End()
    var `protocol`: UInt8?
    var vlan: UInt16?

    /// What the packets of a group come to.
    struct Total: Hashable, Sendable {
        var packets = 0
        var bytes: UInt64 = 0
        var first = UInt64.max
        var last: UInt64 = 0
        var flags: UInt8 = 0

        mutating func add(_ other: Total) {
            packets += other.packets
            bytes += other.bytes
            first = min(first, other.first)
            last = max(last, other.last)
            flags |= other.flags
        }
    }

    private mutating func order() {
        if destination < source { swap(&source, &destination) }
    }
}

extension FlowGroup {
    /// The group of a packet, and what it adds to it; nil for packets in no flow.
    static func of(
        _ bytes: Span<UInt8>, _ record: PacketRecord, by grouping: FlowGrouping, twoWay: Bool
    ) -> (FlowGroup, Total)? {
        let link = LinkLayer(bytes, linkType: record.linkType)
        guard let datagram = try? Datagram(bytes, after: link) else { return nil }
        let key = FlowKey(bytes, of: datagram)
        var group = FlowGroup()
        switch grouping {
        case .fiveTuple:
            group.source = End(address: key.source.description, port: key.sourcePort)
            group.destination = End(address: key.destination.description, port: key.destinationPort)
            group.protocol = key.protocol.rawValue
        case .host:
            group.source.address = key.source.description
            group.destination.address = key.destination.description
        case .port:
            if key.sourcePort < key.destinationPort {
                group.source.port = key.sourcePort
            } else {
                group.destination.port = key.destinationPort
            }
            group.protocol = key.protocol.rawValue
        case .proto: group.protocol = key.protocol.rawValue
        case .vlan:
            if !link.tags.isEmpty {
                let tag = UInt16(bytes[link.tags.lowerBound]) << 8 | UInt16(bytes[link.tags.lowerBound + 1])
                group.vlan = tag & 0xfff
            }
        }
        if twoWay { group.order() }
        return (group, Total(record, flags: flags(bytes, datagram)))
    }

    private static func flags(_ bytes: Span<UInt8>, _ datagram: Datagram) -> UInt8 {
        let offset = datagram.bodyOffset + 13
        guard datagram.protocol == .tcp, !datagram.isLaterFragment, offset < bytes.count else { return 0 }
        return bytes[offset]
    }

    /// The group a row of a table stands for.
    init(_ row: FlowRow, twoWay: Bool) {
        source = End(address: row.source?.description ?? "", port: row.sourcePort)
        destination = End(address: row.destination?.description ?? "", port: row.destinationPort)
        `protocol` = row.protocol?.rawValue
        vlan = row.vlan
        if twoWay { order() }
    }
}

extension FlowGroup.Total {
    init(_ record: PacketRecord, flags: UInt8) {
        packets = 1
        bytes = UInt64(record.originalLength)
        first = record.nanoseconds
        last = record.nanoseconds
        self.flags = flags
    }

    init(_ row: FlowRow) {
        packets = Int(row.packets)
        bytes = row.bytes
        first = row.first
        last = row.last
        flags = row.forward.tcpFlags.union(row.backward.tcpFlags).rawValue
    }
}

extension FlowCounts {
    /// What a program counted, one way and by all five.
    init(_ table: FlowTable) {
        for row in table.rows {
            guard let source = row.source, let destination = row.destination, let kind = row.protocol else { continue }
            let key = FlowKey(
                source: source, destination: destination, protocol: kind, sourcePort: row.sourcePort,
                destinationPort: row.destinationPort)
            flows[key] = FlowTotal(packets: Int(row.packets), bytes: row.bytes)
        }
        for (reason, count) in table.reasons {
            reasons[reason] = FlowTotal(packets: Int(count.packets), bytes: count.bytes)
        }
    }
}
