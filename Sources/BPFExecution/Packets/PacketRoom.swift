/// How far packets may grow.
///
/// Source: Linux on x86-64 with pages of 4 KiB, `BPF_SKB_MAX_LEN`, `XDP_PACKET_HEADROOM` and the frames of test runs.
enum PacketRoom {
    /// The length up to which helpers let a socket buffer grow.
    static var longestSocketBuffer: UInt64 { 16064 }
    /// The room in front of an XDP frame's packet, without what Linux keeps there for itself.
    static var frameHead: UInt64 { 256 - 40 }
    /// The length up to which an XDP frame's packet may grow.
    static var longestFrame: UInt64 { 4096 - 256 - 320 }
    /// The longest metadata in front of an XDP frame's packet.
    static var longestMetadata: UInt64 { 252 }
    /// The length of an Ethernet header, which XDP helpers leave a packet.
    static var linkHeader: UInt64 { 14 }
    /// The room a buffer has in front of a packet.
    static var bufferHead: Int { 16384 }
}
