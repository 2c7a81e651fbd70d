extension PacketLine {
    /// Appends an ICMPv6 message: RFC 4443, neighbour discovery of RFC 4861, listener reports of RFC 3810.
    func writeICMPv6(_ bytes: Span<UInt8>, at offset: Int, length: Int, to text: inout Text) {
        text.append("ICMP6, ")
        guard let type = bytes.byte(at: offset), let code = bytes.byte(at: offset &+ 1), bytes.has(4, at: offset) else {
            return text.append("[|icmp6]")
        }
        switch type {
        case 1: writeUnreachableV6(code, bytes, at: offset, to: &text)
        case 2: text.append("packet too big, mtu \(bytes.word(at: offset &+ 4) ?? 0)")
        case 3: text.append(code == 1 ? "reassembly time exceeded" : "time exceeded in-transit")
        case 4: text.append("parameter problem, code \(code)")
        case 128, 129:
            text.append(type == 128 ? "echo request" : "echo reply")
            writeEcho(bytes, at: offset, to: &text)
        case 130: text.append("multicast listener query")
        case 131: text.append("multicast listener report")
        case 132: text.append("multicast listener done")
        case 133: text.append("router solicitation")
        case 134: text.append("router advertisement")
        case 135: writeTarget("neighbor solicitation, who has ", bytes, at: offset, to: &text)
        case 136: writeTarget("neighbor advertisement, tgt is ", bytes, at: offset, to: &text)
        case 137: writeTarget("redirect to ", bytes, at: offset, to: &text)
        case 143:
            text.append("multicast listener report v2, \(bytes.half(at: offset &+ 6) ?? 0) group record(s)")
        default: text.append("type \(type), code \(code)")
        }
        text.append(", length ")
        text.append(decimal: length)
    }

    /// Appends the address eight bytes into a message of neighbour discovery.
    private func writeTarget(_ what: String, _ bytes: Span<UInt8>, at offset: Int, to text: inout Text) {
        text.append(what)
        guard let target = IPv6Address(bytes, at: offset &+ 8) else { return text.append("[|icmp6]") }
        target.write(to: &text)
    }

    /// Appends what could not be reached, as the datagram inside the message tells it.
    private func writeUnreachableV6(_ code: UInt8, _ bytes: Span<UInt8>, at offset: Int, to text: inout Text) {
        let what = ["route", "prohibited", "beyond scope", "address", "port", "policy", "reject route"]
        text.append("destination unreachable, unreachable ")
        text.append(Int(code) < what.count ? what[Int(code)] : "code \(code)")
        guard let inner = try? IPv6Header(bytes, at: offset &+ 8) else { return text.append(" [|ip6]") }
        text.append(", \(inner.destination)")
        let rest = IPv6Extensions(bytes, at: offset &+ 8 &+ IPv6Header.length, first: inner.nextHeader)
        if code == 4, rest.protocol.hasPorts, let port = bytes.half(at: rest.end &+ 2) {
            text.append(" \(rest.protocol) port \(port)")
        }
    }
}
