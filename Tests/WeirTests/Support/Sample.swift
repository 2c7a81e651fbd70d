import Weir

/// Captures made for the tests of pipelines: frames of given EtherTypes and lengths.
enum Sample {
    /// A frame that is nothing but its header and zeros.
    static func frame(_ etherType: UInt16, length: Int = 60) -> [UInt8] {
        let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, UInt8(etherType >> 8), UInt8(etherType & 0xff)]
        return header + [UInt8](repeating: 0, count: length - header.count)
    }

    static let ipv4 = frame(0x0800)
    static let arp = frame(0x0806, length: 42)
    static let ipv6 = frame(0x86dd, length: 80)

    /// Packets as records of one batch: a millisecond apart.
    static func batch(
        _ packets: [[UInt8]], linkType: LinkType = .ethernet, interface: UInt32 = 0, originalLength: UInt32? = nil
    ) -> PacketBatch {
        var batch = PacketBatch(capacity: 0)
        for (index, packet) in packets.enumerated() {
            batch.records.append(
                PacketRecord(
                    dataOffset: batch.storage.count, recordOffset: batch.storage.count, recordLength: packet.count,
                    nanoseconds: UInt64(index) * 1_000_000, capturedLength: UInt32(packet.count),
                    originalLength: originalLength ?? UInt32(packet.count), interface: interface, linkType: linkType))
            batch.storage += packet
        }
        return batch
    }

    /// A pcap file.
    static func pcap(
        _ packets: [[UInt8]], linkType: LinkType = .ethernet, originalLength: UInt32? = nil
    ) throws -> [UInt8] {
        let sink = MemorySink()
        let writer = try PcapWriter(to: sink, PcapHeader(linkType: linkType))
        let batch = batch(packets, linkType: linkType, originalLength: originalLength)
        for record in batch.records { try writer.write(record, in: batch.storage) }
        return sink.bytes
    }

    /// A pcapng file with an interface for each link type, whose packets come in turn.
    static func pcapng(_ linkTypes: [LinkType], _ packets: [(interface: Int, bytes: [UInt8])]) throws -> [UInt8] {
        let sink = MemorySink()
        let writer = try PcapngWriter(to: sink)
        for linkType in linkTypes { try writer.add(CaptureInterface(linkType: linkType)) }
        for (interface, bytes) in packets {
            let batch = batch([bytes], linkType: linkTypes[interface], interface: UInt32(interface))
            for record in batch.records { try writer.write(record, in: batch.storage) }
        }
        return sink.bytes
    }

    /// Reads a whole capture from memory, small batches at a time, and returns the lengths of the packets that are kept.
    static func lengths(
        _ bytes: [UInt8], _ filter: PacketFilter, limit: UInt64 = .max, batch capacity: Int = 256
    ) throws -> (kept: [UInt32], capture: FilteredCapture) {
        var capture = try FilteredCapture(MemorySource(bytes, name: "sample"), filter: filter)
        capture.limit = limit
        var batch = PacketBatch(capacity: capacity)
        var kept: [UInt32] = []
        while try capture.read(into: &batch) {
            for (record, verdict) in zip(batch.records, capture.verdicts) where verdict > 0 {
                kept.append(min(verdict, record.capturedLength))
            }
        }
        return (kept, capture)
    }
}
