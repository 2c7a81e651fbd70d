internal import PacketBuffers

extension LinkLayer {
    /// Reads a loopback header: an address family of 32 bits, in either byte order.
    ///
    /// IPv4 is 2 everywhere; IPv6 is 24, 28 or 30 on the BSDs and 10 on Linux.
    mutating func readLoopback(at start: Int, in bytes: Span<UInt8>) {
        guard let word = bytes.word(at: start) else { return end(.truncated, at: start) }
        let family = min(word, word.byteSwapped)
        switch family {
        case 2: end(.ipv4, at: start &+ 4)
        case 10, 24, 28, 30: end(.ipv6, at: start &+ 4)
        default: end(.addressFamily(family), at: start &+ 4)
        }
    }

    /// Reads a Linux cooked header; its protocol is an EtherType, or a small number of Linux's own.
    mutating func readSLL(protocolAt field: Int, bodyAt body: Int, from start: Int, in bytes: Span<UInt8>) {
        let llcFrame: UInt16 = 4
        guard bytes.has(body, at: start), let type = bytes.half(at: start &+ field) else {
            return end(.truncated, at: start)
        }
        if type == llcFrame {
            readLLC(at: start &+ body, in: bytes)
        } else if EtherType(rawValue: type).isLength {
            end(.etherType(EtherType(rawValue: type)), at: start &+ body)
        } else {
            follow(EtherType(rawValue: type), at: start &+ body, in: bytes)
        }
    }

    /// Reads a netfilter log message: address family, version, resource, then typed values up to the packet.
    ///
    /// Lengths and types of the values are in the capturing host's byte order; as in libpcap, that is taken to
    /// be little-endian. A value's length counts its own four bytes; the next begins at a multiple of four.
    mutating func readNFLOG(at start: Int, in bytes: Span<UInt8>) {
        let packetValue: UInt16 = 9
        guard let family = bytes.byte(at: start) else { return end(.truncated, at: start) }
        var offset = start &+ 4
        while true {
            guard let length = bytes.littleHalf(at: offset), let type = bytes.littleHalf(at: offset &+ 2),
                length >= 4
            else { return end(.truncated, at: offset) }
            if type == packetValue { break }
            offset &+= (Int(length) &+ 3) & ~3
        }
        switch family {
        case 2: end(.ipv4, at: offset &+ 4)
        case 10: end(.ipv6, at: offset &+ 4)
        default: end(.addressFamily(UInt32(family)), at: offset &+ 4)
        }
    }

    /// Reads a PPI header: version, flags, length of all its fields, and the link type of the packet inside.
    mutating func readPPI(_ bytes: Span<UInt8>) {
        guard let length = bytes.littleHalf(at: 2), let number = bytes.littleWord(at: 4), length >= 8 else {
            return end(.truncated, at: 0)
        }
        guard let number = UInt16(exactly: number) else { return end(.unsupported, at: Int(length)) }
        read(LinkType(rawValue: number), at: Int(length), in: bytes)
    }
}
