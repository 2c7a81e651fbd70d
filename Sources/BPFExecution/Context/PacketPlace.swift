/// Where legacy packet loads read.
enum PacketPlace {
    /// The offsets at which negative ones begin to count from the network and from the link header.
    ///
    /// Source: Linux, `SKF_NET_OFF` and `SKF_LL_OFF` in `uapi/linux/filter.h`.
    private static let networkHeader: Int32 = -0x10_0000
    private static let linkHeader: Int32 = -0x20_0000

    /// The offset from the packet's first byte, or nil where the packet doesn't have `size` bytes there.
    ///
    /// Source: Linux, `bpf_internal_load_pointer_neg_helper`.
    static func start(of offset: Int32, size: Int, length: UInt64, networkOffset: UInt64) -> UInt64? {
        let start: UInt64
        switch offset {
        case 0...: start = UInt64(offset)
        case networkHeader...: start = UInt64(Int64(offset) - Int64(networkHeader)) &+ networkOffset
        case linkHeader...: start = UInt64(Int64(offset) - Int64(linkHeader))
        default: return nil
        }
        return start &+ UInt64(size) <= length ? start : nil
    }
}
