extension PacketLine {
    /// Appends an ICMP message, RFC 792.
    func writeICMP(_ bytes: Span<UInt8>, at offset: Int, length: Int, to text: inout Text) {
        text.append("ICMP ")
        guard let type = bytes.byte(at: offset), let code = bytes.byte(at: offset &+ 1), bytes.has(4, at: offset) else {
            return text.append("[|icmp]")
        }
        switch type {
        case 0, 8:
            text.append(type == 8 ? "echo request" : "echo reply")
            writeEcho(bytes, at: offset, to: &text)
        case 3: writeUnreachable(code, bytes, at: offset, to: &text)
        case 4: text.append("source quench")
        case 5: writeRedirect(code, bytes, at: offset, to: &text)
        case 9: text.append("router advertisement")
        case 10: text.append("router solicitation")
        case 11: text.append(code == 1 ? "ip reassembly time exceeded" : "time exceeded in-transit")
        case 12: text.append("parameter problem")
        case 13: text.append("time stamp query")
        case 14: text.append("time stamp reply")
        case 17: text.append("address mask request")
        case 18: text.append("address mask reply")
        default: text.append("type \(type), code \(code)")
        }
        text.append(", length ")
        text.append(decimal: length)
    }

    /// Appends identifier and sequence number of an echo of either version.
    func writeEcho(_ bytes: Span<UInt8>, at offset: Int, to text: inout Text) {
        guard let identifier = bytes.half(at: offset &+ 4), let sequence = bytes.half(at: offset &+ 6) else {
            return text.append(" [|icmp]")
        }
        text.append(", id ")
        text.append(decimal: identifier)
        text.append(", seq ")
        text.append(decimal: sequence)
    }

    /// Appends what could not be reached, as the datagram inside the message tells it.
    private func writeUnreachable(_ code: UInt8, _ bytes: Span<UInt8>, at offset: Int, to text: inout Text) {
        guard let inner = try? IPv4Header(bytes, at: offset &+ 8) else {
            return text.append("unreachable, code \(code) [|ip]")
        }
        let address = inner.destination
        switch code {
        case 0: text.append("net \(address) unreachable")
        case 1: text.append("host \(address) unreachable")
        case 2: text.append("\(address) protocol \(inner.protocol.rawValue) unreachable")
        case 3:
            text.append("\(address) \(inner.protocol)")
            if let port = bytes.half(at: offset &+ 8 &+ inner.headerLength &+ 2) { text.append(" port \(port)") }
            text.append(" unreachable")
        case 4: text.append("\(address) unreachable - need to frag (mtu \(bytes.half(at: offset &+ 6) ?? 0))")
        case 9: text.append("net \(address) unreachable - admin prohibited")
        case 10: text.append("host \(address) unreachable - admin prohibited")
        case 13: text.append("host \(address) unreachable - admin prohibited filter")
        default: text.append("\(address) unreachable, code \(code)")
        }
    }

    /// Appends where datagrams for a destination should rather be sent.
    private func writeRedirect(_ code: UInt8, _ bytes: Span<UInt8>, at offset: Int, to text: inout Text) {
        guard let gateway = bytes.word(at: offset &+ 4), let inner = try? IPv4Header(bytes, at: offset &+ 8) else {
            return text.append("redirect [|icmp]")
        }
        let scope = code & 1 == 0 ? "net" : "host"
        text.append("redirect \(inner.destination) to \(scope) \(IPv4Address(rawValue: gateway))")
    }
}
