internal import PacketBuffers

extension PacketLine {
    /// Appends what lies between the link header and the network layer: tags, session, labels.
    func writeLink(_ link: LinkLayer, _ bytes: Span<UInt8>, to text: inout Text) {
        for offset in stride(from: link.tags.lowerBound, to: link.tags.upperBound, by: 4) {
            guard let tag = bytes.half(at: offset) else { break }
            text.append("vlan ")
            text.append(decimal: tag & 0xfff)
            text.append(", p ")
            text.append(decimal: tag >> 13)
            text.append(tag & 0x1000 != 0 ? ", DEI, " : ", ")
        }
        if let session = link.pppoeSession {
            text.append("PPPoE [ses 0x")
            text.append(hex: session)
            text.append("] ")
        }
        for offset in stride(from: link.labels.lowerBound, to: link.labels.upperBound, by: 4) {
            guard let label = bytes.word(at: offset) else { break }
            text.append("MPLS (label ")
            text.append(decimal: label >> 12)
            text.append(", tc ")
            text.append(decimal: label >> 9 & 7)
            text.append(label & 0x100 != 0 ? ", [S], ttl " : ", ttl ")
            text.append(decimal: label & 0xff)
            text.append(") ")
        }
    }

    /// Appends what can be said of a packet without an IP header.
    func writeOther(
        _ link: LinkLayer, _ bytes: Span<UInt8>, of record: PacketRecord, wireEnd: Int, to text: inout Text
    ) {
        let length = max(0, wireEnd &- link.payloadOffset)
        switch link.payload {
        case .etherType(.arp), .etherType(.reverseARP):
            return writeARP(bytes, at: link.payloadOffset, length: length, to: &text)
        case .etherType(let type):
            writeStations(bytes, of: record, to: &text)
            text.append("ethertype \(type) (0x")
            text.append(hex: type.rawValue, width: 4)
            text.append(")")
        case .logicalLink(let destination, let source):
            writeStations(bytes, of: record, to: &text)
            writeLLC(bytes, at: link.payloadOffset, destination: destination, source: source, to: &text)
        case .pppProtocol(let number):
            text.append("PPP protocol 0x")
            text.append(hex: number, width: 4)
        case .addressFamily(let family): text.append("AF \(family)")
        case .identifier(let number):
            text.append("\(record.linkType), protocol 0x")
            text.append(hex: number, width: 2)
        case .noData(let frameControl): text.append(Self.wirelessFrame(frameControl))
        case .encrypted: text.append("802.11 Data, encrypted")
        case .unknownLabelPayload: text.append("unknown payload")
        case .invalidVersion:
            text.append("IP, bad version ")
            text.append(decimal: (bytes.byte(at: link.payloadOffset) ?? 0) >> 4)
        case .noNetworkHeader: return text.append("[|ip]")
        case .truncated: return text.append("[|\(record.linkType.name)]")
        case .unsupported: text.append("\(record.linkType)")
        case .ipv4, .ipv6: return
        }
        text.append(", length ")
        text.append(decimal: length)
    }

    /// Appends who sends to whom on an Ethernet, in place of the missing IP addresses.
    private func writeStations(_ bytes: Span<UInt8>, of record: PacketRecord, to text: inout Text) {
        guard record.linkType == .ethernet, let source = MACAddress(bytes, at: 6),
            let destination = MACAddress(bytes, at: 0)
        else { return }
        source.write(to: &text)
        text.append(" > ")
        destination.write(to: &text)
        text.append(", ")
    }

    /// Appends the service access points of an LLC header, or organization and protocol of its SNAP header.
    private func writeLLC(
        _ bytes: Span<UInt8>, at offset: Int, destination: UInt8, source: UInt8, to text: inout Text
    ) {
        if destination == 0xaa, source == 0xaa, let head = bytes.word(at: offset &+ 2),
            let number = bytes.half(at: offset &+ 6)
        {
            text.append("SNAP, oui 0x")
            text.append(hex: head & 0xff_ffff, width: 6)
            text.append(", pid 0x")
            text.append(hex: number, width: 4)
        } else {
            let names: [UInt8: String] = [
                0x42: "STP", 0xe0: "IPX", 0xf0: "NetBIOS", 0xf4: "LAN management", 0xfe: "ISO",
            ]
            text.append("LLC, dsap \(names[destination] ?? "unknown") (0x")
            text.append(hex: destination, width: 2)
            text.append("), ssap 0x")
            text.append(hex: source, width: 2)
        }
    }

    /// The name of an IEEE 802.11 frame that carries no data, by the type and subtype in its first byte.
    private static func wirelessFrame(_ control: UInt8) -> String {
        let management = [
            "Assoc Request", "Assoc Response", "ReAssoc Request", "ReAssoc Response", "Probe Request",
            "Probe Response", "Timing Advertisement", "Reserved", "Beacon", "ATIM", "Disassociation",
            "Authentication", "DeAuthentication", "Action", "Action No Ack", "Reserved",
        ]
        let subtype = Int(control >> 4)
        return switch control >> 2 & 3 {
        case 0: "802.11 \(management[subtype])"
        case 1: "802.11 control"
        case 2: "802.11 Data, none"
        default: "802.11 extension"
        }
    }

    /// Appends an ARP or Reverse ARP message.
    func writeARP(_ bytes: Span<UInt8>, at offset: Int, length: Int, to text: inout Text) {
        text.append("ARP, ")
        guard bytes.has(8, at: offset) else { return text.append("[|arp]") }
        if let message = ARPMessage(bytes, at: offset) {
            writeARP(message, to: &text)
        } else if bytes.word(at: offset &+ 2) == 0x0800_0604 {
            return text.append("[|arp]")
        } else {
            text.append("hardware \(bytes.half(at: offset) ?? 0), protocol 0x")
            text.append(hex: bytes.half(at: offset &+ 2) ?? 0, width: 4)
        }
        text.append(", length ")
        text.append(decimal: length)
    }

    private func writeARP(_ message: ARPMessage, to text: inout Text) {
        switch message.operation {
        case 1:
            text.append("Request who-has ")
            message.target.write(to: &text)
            if message.targetHardware.rawValue != 0 { text.append(" (\(message.targetHardware))") }
            text.append(" tell ")
            message.sender.write(to: &text)
        case 2:
            text.append("Reply ")
            message.sender.write(to: &text)
            text.append(" is-at \(message.senderHardware)")
        case 3: text.append("Reverse Request who-is \(message.targetHardware) tell \(message.senderHardware)")
        case 4: text.append("Reverse Reply \(message.targetHardware) at \(message.target)")
        case 8: text.append("Inverse Request who-is \(message.targetHardware) tell \(message.senderHardware)")
        case 9: text.append("Inverse Reply \(message.senderHardware) at \(message.sender)")
        default: text.append("operation \(message.operation)")
        }
    }
}
