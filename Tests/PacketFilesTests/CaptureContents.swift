import ByteStreams
import PacketBuffers
import PacketFiles

/// Everything a reader says of a capture, to be compared as one value.
struct CaptureContents: Equatable {
    struct Packet: Equatable {
        var nanoseconds: UInt64 = 0
        var bytes: [UInt8]
        var originalLength: UInt32
        var interface: UInt32 = 0
        var linkType = LinkType.ethernet
    }

    var packets: [Packet] = []
    var interfaces: [CaptureInterface] = []
    var sections: [CaptureSection] = []
    /// Every byte of packets and metadata, in order.
    var everything: [UInt8] = []
    var error: String?

    /// Reads a capture to its end or its first error.
    ///
    /// - Parameters:
    ///   - file: the capture.
    ///   - piece: the most bytes a read gives.
    ///   - capacity: the size of the batch's storage.
    init(_ file: [UInt8], piece: Int = .max, capacity: Int = 1 << 16) {
        do throws(CaptureError) {
            let reader = try CaptureReader(MemorySource(file, name: "x", pieceLimit: piece))
            defer {
                interfaces = reader.interfaces
                sections = reader.sections
            }
            var batch = PacketBatch(capacity: capacity)
            while try reader.read(into: &batch) { append(batch) }
        } catch {
            self.error = error.description
        }
    }

    private mutating func append(_ batch: PacketBatch) {
        var blocks = batch.metadata[...]
        for (index, record) in batch.records.enumerated() {
            while let block = blocks.first, block.packetsBefore <= index {
                everything += batch.storage[block.range]
                blocks.removeFirst()
            }
            everything += batch.storage[record.recordRange]
            packets.append(
                Packet(
                    nanoseconds: record.nanoseconds, bytes: Array(batch.storage[record.dataRange]),
                    originalLength: record.originalLength, interface: record.interface, linkType: record.linkType))
        }
        for block in blocks { everything += batch.storage[block.range] }
    }
}
