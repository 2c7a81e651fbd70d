extension PacketLine {
    /// Appends an IPv4 datagram.
    func writeIPv4(_ bytes: Span<UInt8>, at offset: Int, wireEnd: Int, to text: inout Text) {
        text.append("IP ")
        do throws(FlowReason) {
            let header = try IPv4Header(bytes, at: offset)
            let datagram = Datagram(header, at: offset)
            let fragment = datagram.fragmentOffset > 0 || datagram.moreFragments
            write(datagram, bytes, wireEnd: wireEnd, to: &text) { body, text in
                if fragment { writeFragment(header.fragmentOffset, header.moreFragments, length: body, to: &text) }
            }
        } catch {
            writeBadHeader(error, name: "ip", version: bytes.byte(at: offset), to: &text)
        }
    }

    /// Appends an IPv6 datagram.
    func writeIPv6(_ bytes: Span<UInt8>, at offset: Int, wireEnd: Int, to text: inout Text) {
        text.append("IP6 ")
        do throws(FlowReason) {
            let header = try IPv6Header(bytes, at: offset)
            let datagram = Datagram(header, at: offset, in: bytes)
            let fixedEnd = offset &+ IPv6Header.length
            write(datagram, bytes, wireEnd: wireEnd, to: &text) { body, text in
                writeExtensions(bytes, from: fixedEnd, first: header.nextHeader, body: body, datagram, to: &text)
            }
        } catch {
            writeBadHeader(error, name: "ip6", version: bytes.byte(at: offset), to: &text)
        }
    }

    /// Appends addresses and ports, what the header adds, and what the datagram carries.
    ///
    /// - Parameter between: appends what stands between the addresses and the transport protocol; it is given
    ///   the length of the datagram's body.
    private func write(
        _ datagram: Datagram, _ bytes: Span<UInt8>, wireEnd: Int, to text: inout Text,
        between: (_ body: Int, _ text: inout Text) -> Void
    ) {
        let end = datagram.claimedEnd ?? wireEnd
        if end > wireEnd { text.append("truncated-ip - \(end &- wireEnd) bytes missing! ") }
        let ports =
            datagram.isLaterFragment || !(datagram.protocol.hasPorts || datagram.protocol == .sctp)
            ? nil : bytes.word(at: datagram.bodyOffset)
        datagram.source.write(to: &text)
        if let ports {
            text.append(UInt8(ascii: "."))
            text.append(decimal: ports >> 16)
        }
        text.append(" > ")
        datagram.destination.write(to: &text)
        if let ports {
            text.append(UInt8(ascii: "."))
            text.append(decimal: ports & 0xffff)
        }
        text.append(": ")
        guard end >= datagram.bodyOffset else {
            return text.append("bad length, \(datagram.bodyOffset &- end) bytes below its headers")
        }
        let length = end &- datagram.bodyOffset
        between(length, &text)
        writeBody(of: datagram, bytes, length: length, to: &text)
    }

    /// Appends what the datagram carries.
    private func writeBody(of datagram: Datagram, _ bytes: Span<UInt8>, length: Int, to text: inout Text) {
        let offset = datagram.bodyOffset
        if datagram.isLaterFragment { return writeProtocol(datagram.protocol, length: length, to: &text) }
        switch datagram.protocol {
        case .tcp: writeTCP(bytes, at: offset, length: length, to: &text)
        case .udp: writeUDP(bytes, at: offset, length: length, isWhole: !datagram.moreFragments, to: &text)
        case .icmp: writeICMP(bytes, at: offset, length: length, to: &text)
        case .icmpv6: writeICMPv6(bytes, at: offset, length: length, to: &text)
        default: writeProtocol(datagram.protocol, length: length, to: &text)
        }
    }

    private func writeProtocol(_ kind: IPProtocol, length: Int, to text: inout Text) {
        text.append("\(kind), length ")
        text.append(decimal: length)
    }

    /// Appends IPv6's extension headers by tcpdump's names for them.
    private func writeExtensions(
        _ bytes: Span<UInt8>, from start: Int, first: IPProtocol, body: Int, _ datagram: Datagram, to text: inout Text
    ) {
        var kind = first
        var offset = start
        while offset < datagram.bodyOffset, let length = IPv6Extensions.length(of: kind, at: offset, in: bytes),
            let next = bytes.byte(at: offset)
        {
            switch kind {
            case .hopByHop: text.append("HBH ")
            case .routing:
                let type = bytes.byte(at: offset &+ 2) ?? 0
                let left = bytes.byte(at: offset &+ 3) ?? 0
                text.append("RT6 (type=\(type), segleft=\(left)) ")
            case .destinationOptions: text.append("DSTOPT ")
            default:
                let inFragment = body &+ datagram.bodyOffset &- offset &- length
                writeFragment(datagram.fragmentOffset, datagram.moreFragments, length: inFragment, to: &text)
            }
            kind = IPProtocol(rawValue: next)
            offset &+= length
        }
    }

    /// Appends where a fragment belongs, its length, and a plus sign where more follow.
    private func writeFragment(_ offset: Int, _ more: Bool, length: Int, to text: inout Text) {
        text.append("frag (")
        text.append(decimal: offset)
        text.append("|")
        text.append(decimal: max(0, length))
        text.append(more ? "+) " : ") ")
    }

    private func writeBadHeader(_ reason: FlowReason, name: String, version: UInt8?, to text: inout Text) {
        switch (reason, version) {
        case (.invalidNetwork, let first?):
            text.append("bad header, version \(first >> 4), length \((first & 15) &* 4)")
        default: text.append("[|\(name)]")
        }
    }
}
