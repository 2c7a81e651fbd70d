/// What an Ethernet header's type field says a packet is.
enum PacketType {
    /// The protocol of a packet, from the type field and what follows it, all in memory's order.
    ///
    /// Below 1536 the field is a length: then the packet is Novell's IPX where 0xffff follows, else LLC.
    ///
    /// Source: Linux, `eth_type_trans` and `vlan_set_encap_proto`, with `ETH_P_802_3` and `ETH_P_802_2`.
    static func `protocol`(_ type: UInt16, next: UInt16) -> UInt32 {
        if UInt16(bigEndian: type) >= 0x600 { return UInt32(type) }
        return UInt32(UInt16(next == 0xffff ? 0x0001 : 0x0004).bigEndian)
    }

    /// The protocol of a packet with an Ethernet header; 0 where it is too short for one.
    static func `protocol`(of packet: Span<UInt8>) -> UInt32 {
        guard packet.count >= 14 else { return 0 }
        func half(_ offset: Int) -> UInt16 { (UInt16(packet[offset]) &<< 8 | UInt16(packet[offset + 1])).bigEndian }
        return `protocol`(half(12), next: packet.count >= 16 ? half(14) : 0)
    }
}
