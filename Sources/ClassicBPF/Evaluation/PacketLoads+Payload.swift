extension PacketLoads {
    /// Where the payload behind the transport header starts, or 0 where the headers are not understood.
    ///
    /// Follows Linux's `skb_get_poff` through VLAN tags, IPv4, and IPv6 with its extension headers. Linux's dissector also looks
    /// into tunnels (GRE, IP in IP, MPLS, PPPoE); this one gives 0 for what is no IP, and stops at the outer header.
    func payloadOffset(of packet: Span<UInt8>) -> UInt32 {
        guard var start = metadata.networkOffset, start >= 0, start <= packet.count else { return 0 }
        var etherType = UInt32(metadata.linkProtocol)
        while etherType == 0x8100 || etherType == 0x88a8 {
            guard let inner = half(start + 2, packet) else { return 0 }
            etherType = inner
            start += 4
        }
        let transport: Transport? =
            switch etherType {
            case 0x0800: ipv4Transport(at: start, packet)
            case 0x86dd: ipv6Transport(at: start, packet)
            default: nil
            }
        guard let transport else { return 0 }
        let offset = min(transport.offset, packet.count)
        return UInt32(
            clamping: transport.isLaterFragment ? offset : offset + headerLength(transport, at: offset, packet))
    }

    private struct Transport {
        var offset: Int
        var number: UInt8
        var isLaterFragment = false
    }

    private func ipv4Transport(at start: Int, _ packet: Span<UInt8>) -> Transport? {
        guard let fragment = half(start + 6, packet), let number = byte(start + 9, packet),
            let first = byte(start, packet), byte(start + 19, packet) != nil, first & 0xf >= 5
        else { return nil }
        return Transport(
            offset: start + Int(first & 0xf) * 4, number: number, isLaterFragment: fragment & 0x1fff != 0)
    }

    private func ipv6Transport(at start: Int, _ packet: Span<UInt8>) -> Transport? {
        guard let next = byte(start + 6, packet), byte(start + 39, packet) != nil else { return nil }
        var transport = Transport(offset: start + 40, number: next)
        while true {
            let offset = transport.offset
            switch transport.number {
            case 0, 43, 60:
                guard let next = byte(offset, packet), let length = byte(offset + 1, packet) else { return nil }
                transport = Transport(offset: offset + (Int(length) + 1) * 8, number: next)
            case 44:
                guard let next = byte(offset, packet), let fragment = half(offset + 2, packet),
                    byte(offset + 7, packet) != nil
                else { return nil }
                return Transport(offset: offset + 8, number: next, isLaterFragment: fragment & 0xfff8 != 0)
            default: return transport
            }
        }
    }

    private func headerLength(_ transport: Transport, at offset: Int, _ packet: Span<UInt8>) -> Int {
        switch transport.number {
        case 6: byte(offset + 12, packet).map { max(20, Int($0 & 0xf0) >> 2) } ?? 0
        case 1, 2, 17, 58, 136: 8
        case 33, 132: 12
        default: 0
        }
    }

    private func byte(_ offset: Int, _ packet: Span<UInt8>) -> UInt8? {
        offset < packet.count ? packet[offset] : nil
    }

    private func half(_ offset: Int, _ packet: Span<UInt8>) -> UInt32? {
        Self.value(.half, at: offset, of: packet, end: packet.count)
    }
}
