/// Packets read together: one storage, reused from batch to batch, and a record for each packet in it.
///
/// The bytes of a packet are `batch.storage.span.extracting(record.dataRange)`; they are valid until the next
/// read into the batch. Every record's range lies inside the storage: whoever fills a batch guarantees it, and
/// the engines rely on it.
public struct PacketBatch: Sendable {
    /// The bytes the packets lie in; bytes outside the records' ranges mean nothing.
    public var storage: [UInt8]
    /// The packets, in the order of the source.
    public var records: [PacketRecord]
    /// What lies between the packets, in the order of the source; empty where a source has only packets.
    public var metadata: [MetadataBlock]

    /// Makes an empty batch.
    ///
    /// - Parameter capacity: the size of the storage in bytes; a source grows it when one packet needs more.
    public init(capacity: Int = 1 << 20) {
        storage = [UInt8](repeating: 0, count: capacity)
        records = []
        metadata = []
    }

    /// Forgets the packets and the metadata, and keeps the memory.
    public mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        metadata.removeAll(keepingCapacity: true)
    }
}
