/// Bytes a source has between its packets: the file header of a pcap file, or a pcapng block that is no packet.
///
/// Readers leave these bytes in the batch's storage beside the packets, so that a file can be copied with packets
/// left out and everything else in its place.
public struct MetadataBlock: Hashable, Sendable {
    /// How many of the batch's packets come before the block.
    public var packetsBefore: Int
    /// Where the block lies in the batch's storage.
    public var range: Range<Int>

    /// Makes a block from its parts.
    public init(packetsBefore: Int, range: Range<Int>) {
        self.packetsBefore = packetsBefore
        self.range = range
    }
}
