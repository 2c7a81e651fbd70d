extension LinkLayer {
    /// Reads a header of fixed size that has an EtherType in it, and what the EtherType names.
    mutating func follow(etherTypeAt field: Int, bodyAt body: Int, from start: Int, in bytes: Span<UInt8>) {
        guard bytes.has(body, at: start), let type = bytes.half(at: start &+ field) else {
            return end(.truncated, at: start)
        }
        follow(EtherType(rawValue: type), at: start &+ body, in: bytes)
    }

    /// Follows an EtherType through tags, labels and sessions to the network layer.
    ///
    /// - Parameter snap: where the SNAP header began that the EtherType stood in; in place of such an EtherType a
    ///   length leads nowhere, so that LLC headers do not nest.
    mutating func follow(_ type: EtherType, at start: Int, in bytes: Span<UInt8>, snap: Int? = nil) {
        var type = type
        var offset = start
        let tagged = !tags.isEmpty
        while type.isTag {
            guard let next = bytes.half(at: offset &+ 2) else { return end(.truncated, at: offset) }
            type = EtherType(rawValue: next)
            offset &+= 4
            if !tagged { tags = start..<offset }
        }
        switch type {
        case .ipv4: end(.ipv4, at: offset)
        case .ipv6: end(.ipv6, at: offset)
        case .mpls, .mplsMulticast: readLabels(at: offset, in: bytes)
        case .pppoeSession: readPPPoE(at: offset, in: bytes)
        default:
            if !type.isLength {
                end(.etherType(type), at: offset)
            } else if let snap {
                end(.logicalLink(destination: 0xaa, source: 0xaa), at: snap)
            } else {
                readLLC(at: offset, in: bytes)
            }
        }
    }

    /// Reads an MPLS label stack, RFC 3032 §2.1, down to the label whose bottom-of-stack bit is set.
    ///
    ///     0                   1                   2                   3
    ///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    ///     |                 label                 | class |S| time to live |
    mutating func readLabels(at start: Int, in bytes: Span<UInt8>) {
        var offset = start
        var isBottom = false
        while !isBottom {
            guard let label = bytes.word(at: offset) else { return end(.truncated, at: offset) }
            isBottom = label & 0x100 != 0
            offset &+= 4
            labels = start..<offset
        }
        followIP(at: offset, otherwise: .unknownLabelPayload, in: bytes)
    }

    /// Reads the header of a PPPoE session, RFC 2516 §4: version and type, code, session, length, PPP protocol.
    mutating func readPPPoE(at start: Int, in bytes: Span<UInt8>) {
        guard let session = bytes.half(at: start &+ 2), let number = bytes.half(at: start &+ 6) else {
            return end(.truncated, at: start)
        }
        pppoeSession = session
        follow(pppProtocol: number, at: start &+ 8, in: bytes)
    }

    /// Reads an IEEE 802.2 LLC header, and the SNAP header that may follow.
    ///
    /// A SNAP header leads on to an EtherType where its organization is Ethernet (00-00-00) or the bridge tunnel
    /// of IEEE 802.1H (00-00-F8).
    mutating func readLLC(at start: Int, in bytes: Span<UInt8>) {
        guard let head = bytes.word(at: start), let tail = bytes.word(at: start &+ 4) else {
            return end(.truncated, at: start)
        }
        let organization = (head & 0xff) << 16 | tail >> 16
        if head >> 8 == 0xaaaa03, organization == 0 || organization == 0xf8 {
            follow(EtherType(rawValue: UInt16(truncatingIfNeeded: tail)), at: start &+ 8, in: bytes, snap: start)
        } else {
            let points = (UInt8(truncatingIfNeeded: head >> 24), UInt8(truncatingIfNeeded: head >> 16))
            end(.logicalLink(destination: points.0, source: points.1), at: start)
        }
    }

    /// Tells IPv4 from IPv6 by the first four bits, where nothing else does.
    mutating func followIP(at offset: Int, otherwise other: Payload, in bytes: Span<UInt8>) {
        guard let first = bytes.byte(at: offset) else { return end(.noNetworkHeader, at: offset) }
        switch first >> 4 {
        case 4: end(.ipv4, at: offset)
        case 6: end(.ipv6, at: offset)
        default: end(other, at: offset)
        }
    }
}
