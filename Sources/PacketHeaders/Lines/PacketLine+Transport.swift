extension PacketLine {
    /// Appends a TCP segment.
    func writeTCP(_ bytes: Span<UInt8>, at offset: Int, length: Int, to text: inout Text) {
        guard let header = TCPHeader(bytes, at: offset) else { return text.append("[|tcp]") }
        text.append("Flags [")
        header.flags.write(to: &text)
        text.append("]")
        guard header.headerLength >= 20, header.headerLength <= length else {
            return text.append(", bad header length \(header.headerLength), length \(length)")
        }
        let data = length &- header.headerLength
        if data > 0 || !header.flags.isDisjoint(with: [.synchronize, .finish, .reset]) {
            text.append(", seq ")
            text.append(decimal: header.sequence)
            if data > 0 {
                text.append(UInt8(ascii: ":"))
                text.append(decimal: header.sequence &+ UInt32(truncatingIfNeeded: data))
            }
        }
        if header.flags.contains(.acknowledge) {
            text.append(", ack ")
            text.append(decimal: header.acknowledgement)
        }
        text.append(", win ")
        text.append(decimal: header.window)
        if header.flags.contains(.urgent) {
            text.append(", urg ")
            text.append(decimal: header.urgent)
        }
        if header.headerLength > 20 {
            text.append(", options [")
            writeOptions(bytes, in: (offset &+ 20)..<(offset &+ header.headerLength), to: &text)
            text.append("]")
        }
        text.append(", length ")
        text.append(decimal: data)
    }

    /// Appends a UDP datagram.
    ///
    /// - Parameter isWhole: whether all of the datagram should be here, so that its length can be checked.
    func writeUDP(_ bytes: Span<UInt8>, at offset: Int, length: Int, isWhole: Bool, to text: inout Text) {
        guard let header = UDPHeader(bytes, at: offset) else { return text.append("[|udp]") }
        let claimed = header.length == 0 ? length : Int(header.length)
        if claimed < UDPHeader.headerLength {
            text.append("UDP, bad length \(claimed)")
        } else if isWhole, claimed > length {
            text.append("UDP, bad length \(claimed) > \(length)")
        } else {
            text.append("UDP, length ")
            text.append(decimal: claimed &- UDPHeader.headerLength)
        }
    }

    /// Appends TCP's options, RFC 9293 §3.1: kind, then, but for the first two kinds, length and value.
    private func writeOptions(_ bytes: Span<UInt8>, in range: Range<Int>, to text: inout Text) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            if offset > range.lowerBound { text.append(UInt8(ascii: ",")) }
            guard let kind = bytes.byte(at: offset) else { return text.append("[|tcp]") }
            if kind == 0 { return text.append("eol") }
            if kind == 1 {
                text.append("nop")
                offset &+= 1
                continue
            }
            guard let length = bytes.byte(at: offset &+ 1) else { return text.append("[|tcp]") }
            guard length >= 2, offset &+ Int(length) <= range.upperBound else {
                return text.append("opt-\(kind) bad length \(length)")
            }
            guard bytes.has(Int(length), at: offset) else { return text.append("[|tcp]") }
            writeOption(kind, bytes, at: offset, length: Int(length), to: &text)
            offset &+= Int(length)
        }
    }

    private func writeOption(_ kind: UInt8, _ bytes: Span<UInt8>, at offset: Int, length: Int, to text: inout Text) {
        switch (kind, length) {
        case (2, 4): text.append("mss \(bytes.half(at: offset &+ 2) ?? 0)")
        case (3, 3): text.append("wscale \(bytes.byte(at: offset &+ 2) ?? 0)")
        case (4, 2): text.append("sackOK")
        case (5, 10...) where (length &- 2) % 8 == 0:
            text.append("sack \((length &- 2) / 8) ")
            for block in stride(from: offset &+ 2, to: offset &+ length, by: 8) {
                text.append("{\(bytes.word(at: block) ?? 0):\(bytes.word(at: block &+ 4) ?? 0)}")
            }
        case (8, 10):
            text.append("TS val ")
            text.append(decimal: bytes.word(at: offset &+ 2) ?? 0)
            text.append(" ecr ")
            text.append(decimal: bytes.word(at: offset &+ 6) ?? 0)
        case (34, _): text.append("tfo")
        default:
            text.append("opt-\(kind)")
            if length > 2 { text.append(":") }
            for index in 2..<length { text.append(hex: bytes.byte(at: offset &+ index) ?? 0, width: 2) }
        }
    }
}
