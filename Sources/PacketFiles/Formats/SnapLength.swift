import PacketBuffers

/// The bounds a capture puts on packet lengths.
///
/// Source: libpcap 1.10 (pcap-int.h, pcap-common.c, savefile.c). Files are judged by the same bounds, so that
/// the same packets count.
enum SnapLength {
    /// The largest number of bytes of one packet a file may hold, by link type.
    static func maximum(_ linkType: LinkType) -> UInt32 {
        switch linkType.rawValue {
        case 231: 128 << 20  // D-Bus
        case 279: 8 << 20  // Elektrobit high-speed capture and replay
        case 249: 1 << 20  // USBPcap
        default: 262_144
        }
    }

    /// The length a file's packets are cut at: the field of its header, or the maximum where that means nothing.
    static func effective(_ field: UInt32, _ linkType: LinkType) -> UInt32 {
        field == 0 || field > UInt32(Int32.max) ? maximum(linkType) : field
    }
}
