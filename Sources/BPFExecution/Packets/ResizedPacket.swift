import PacketBuffers

/// A packet of a batch to which a program gave another length.
struct ResizedPacket {
    /// The index of its record.
    let record: Int
    let bytes: [UInt8]
    let originalLength: UInt32
}

extension PacketBatch {
    /// Puts a packet that got another length behind everything in the storage, with the headers of its record.
    mutating func replace(_ packet: ResizedPacket) {
        let old = records[packet.record]
        let start = storage.count
        storage.append(contentsOf: storage[old.recordOffset..<old.dataOffset])
        let data = storage.count
        storage.append(contentsOf: packet.bytes)
        records[packet.record] = PacketRecord(
            dataOffset: data, recordOffset: start, recordLength: data - start, nanoseconds: old.nanoseconds,
            capturedLength: UInt32(truncatingIfNeeded: packet.bytes.count), originalLength: packet.originalLength,
            interface: old.interface, linkType: old.linkType)
    }
}
