import Weir

/// Captures made for the tests of commands: UDP and ARP packets at known times.
enum SampleCapture {
    static let udp: [UInt8] = ethernet(
        type: 0x0800,
        [
            0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
            0x04, 0xd2, 0, 53, 0, 12, 0, 0, 1, 2, 3, 4,
        ])
    static let arp: [UInt8] = ethernet(
        type: 0x0806,
        [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2])

    static func ethernet(type: UInt16, _ payload: [UInt8]) -> [UInt8] {
        [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, UInt8(type >> 8), UInt8(type & 0xff)] + payload
    }

    /// Packets as records of one batch: a second apart, from 1,000,000,000 seconds after 1970.
    static func batch(_ packets: [[UInt8]], linkType: LinkType = .ethernet, interface: UInt32 = 0) -> PacketBatch {
        var batch = PacketBatch(capacity: 0)
        for (index, packet) in packets.enumerated() {
            batch.records.append(
                PacketRecord(
                    dataOffset: batch.storage.count, recordOffset: batch.storage.count, recordLength: packet.count,
                    nanoseconds: (1_000_000_000 + UInt64(index)) * 1_000_000_000 + 123_456_789,
                    capturedLength: UInt32(packet.count), originalLength: UInt32(packet.count), interface: interface,
                    linkType: linkType))
            batch.storage += packet
        }
        return batch
    }

    /// A pcap file.
    static func pcap(_ packets: [[UInt8]], _ header: PcapHeader = PcapHeader(linkType: .ethernet)) throws -> [UInt8] {
        let sink = MemorySink()
        let writer = try PcapWriter(to: sink, header)
        let batch = batch(packets, linkType: header.linkType)
        for record in batch.records { try writer.write(record, in: batch.storage) }
        return sink.bytes
    }

    /// A pcapng file with an interface for each list of packets, written one list after the other.
    static func pcapng(_ interfaces: [(CaptureInterface, packets: [[UInt8]])]) throws -> [UInt8] {
        let sink = MemorySink()
        let writer = try PcapngWriter(to: sink, application: "test")
        for (interface, _) in interfaces { try writer.add(interface) }
        for (index, (interface, packets)) in interfaces.enumerated() {
            let batch = batch(packets, linkType: interface.linkType, interface: UInt32(index))
            for record in batch.records { try writer.write(record, in: batch.storage) }
        }
        return sink.bytes
    }

    /// UDP, ARP, UDP, as a pcap file.
    static func three() throws -> [UInt8] { try pcap([udp, arp, udp]) }
}

extension String {
    /// The text with the two numbers of a summary that no test can know replaced: the time and the rate.
    var withoutTime: String {
        replacing(/[0-9.]+ s, [0-9.]+ Mpps/, with: "T s, R Mpps").replacing(
            /"seconds": [0-9.]+/, with: "\"seconds\": T")
    }
}
