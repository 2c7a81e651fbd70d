extension LinkLayer {
    /// Reads PPP, RFC 1661 and 1662: address and control bytes and the protocol's first byte may be left out.
    ///
    /// Cisco HDLC is captured under the same link types; its address byte, 0x0f or 0x8f, is no PPP address.
    mutating func readPPP(at start: Int, in bytes: Span<UInt8>) {
        guard let first = bytes.byte(at: start), bytes.has(2, at: start) else { return end(.truncated, at: start) }
        if first == 0x0f || first == 0x8f {
            return follow(etherTypeAt: 2, bodyAt: 4, from: start, in: bytes)
        }
        let offset = bytes.half(at: start) == 0xff03 ? start &+ 2 : start
        guard let high = bytes.byte(at: offset) else { return end(.truncated, at: start) }
        if high & 1 != 0 {
            follow(pppProtocol: UInt16(high), at: offset &+ 1, in: bytes)
        } else if let number = bytes.half(at: offset) {
            follow(pppProtocol: number, at: offset &+ 2, in: bytes)
        } else {
            end(.truncated, at: start)
        }
    }

    /// Follows a PPP protocol number: IPv4, IPv6, MPLS unicast and multicast lead on.
    mutating func follow(pppProtocol number: UInt16, at offset: Int, in bytes: Span<UInt8>) {
        switch number {
        case 0x0021: end(.ipv4, at: offset)
        case 0x0057: end(.ipv6, at: offset)
        case 0x0281, 0x0283: readLabels(at: offset, in: bytes)
        default: end(.pppProtocol(number), at: offset)
        }
    }

    /// Reads Frame Relay: an address of two to four bytes, its last one marked, then RFC 2427 or Cisco.
    ///
    /// After the address RFC 2427 has an unnumbered-information byte, perhaps padding, and an NLPID; Cisco's
    /// encapsulation has an EtherType there.
    mutating func readFrameRelay(at start: Int, in bytes: Span<UInt8>) {
        var offset = start
        var isLast = false
        while !isLast {
            guard offset < start &+ 4 else { return end(.identifier(0), at: start) }
            guard let byte = bytes.byte(at: offset) else { return end(.truncated, at: start) }
            isLast = byte & 1 != 0
            offset &+= 1
        }
        guard let field = bytes.half(at: offset) else { return end(.truncated, at: start) }
        guard field >> 8 == 0x03 else {
            return follow(EtherType(rawValue: field), at: offset &+ 2, in: bytes)
        }
        offset &+= field & 0xff == 0 ? 2 : 1
        guard let identifier = bytes.byte(at: offset) else { return end(.truncated, at: start) }
        switch identifier {
        case 0xcc: end(.ipv4, at: offset &+ 1)
        case 0x8e: end(.ipv6, at: offset &+ 1)
        case 0x80: follow(etherTypeAt: 4, bodyAt: 6, from: offset, in: bytes)
        default: end(.identifier(identifier), at: offset)
        }
    }

    /// Reads libpcap's pseudo-header of SLIP: direction, then 15 bytes of compression state.
    mutating func readSLIP(at start: Int, in bytes: Span<UInt8>) {
        guard bytes.has(16, at: start) else { return end(.truncated, at: start) }
        followIP(at: start &+ 16, otherwise: .invalidVersion, in: bytes)
    }

    /// Reads Linux's ARCNET header: source, destination, two bytes of offset, system code.
    ///
    /// RFC 1201 puts a split flag and a sequence number of two bytes after the system code; RFC 1051 does not.
    mutating func readARCNET(at start: Int, in bytes: Span<UInt8>) {
        guard let code = bytes.byte(at: start &+ 4) else { return end(.truncated, at: start) }
        let isOld = code == 240 || code == 241
        let offset = start &+ (isOld ? 5 : 8)
        guard bytes.has(0, at: offset) else { return end(.truncated, at: start) }
        switch code {
        case 212, 240: end(.ipv4, at: offset)
        case 196: end(.ipv6, at: offset)
        case 213, 241: end(.etherType(.arp), at: offset)
        default: end(.identifier(code), at: offset)
        }
    }
}
