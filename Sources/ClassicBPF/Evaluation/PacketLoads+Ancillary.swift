extension PacketLoads {
    /// What Linux puts into A for an ancillary field.
    func ancillary(_ field: AncillaryField, of packet: Span<UInt8>, _ registers: ClassicRegisters) -> Outcome {
        switch field {
        case .linkProtocol: return .value(UInt32(metadata.linkProtocol))
        case .packetType: return .value(UInt32(metadata.packetType & 7))
        case .interfaceIndex: return metadata.interface.map { .value($0.index) } ?? .ends(registers.a)
        case .hardwareType: return metadata.interface.map { .value(UInt32($0.hardwareType)) } ?? .ends(registers.a)
        case .netlinkAttribute: return .value(netlinkAttribute(of: packet, registers))
        case .nestedNetlinkAttribute: return .value(nestedNetlinkAttribute(of: packet, registers))
        case .mark: return .value(metadata.mark)
        case .queue: return .value(UInt32(metadata.queue))
        case .receiveHash: return .value(metadata.receiveHash)
        case .processor: return .value(metadata.processor)
        case .exclusiveOrX: return .value(registers.a ^ registers.x)
        case .vlanTag: return .value(UInt32(metadata.vlanTag?.control ?? 0))
        case .vlanTagPresent: return .value(metadata.vlanTag?.isPresent == true ? 1 : 0)
        case .vlanProtocol: return .value(UInt32(metadata.vlanTag?.etherType ?? 0))
        case .payloadOffset: return .value(metadata.payloadOffset ?? payloadOffset(of: packet))
        case .random: return .value(metadata.random)
        }
    }

    /// The offset of the attribute of type X in the list that starts at offset A, or 0.
    private func netlinkAttribute(of packet: Span<UInt8>, _ registers: ClassicRegisters) -> UInt32 {
        guard let start = netlinkStart(of: packet, registers) else { return 0 }
        return Self.findAttribute(registers.x, from: start, to: packet.count, of: packet)
    }

    /// The offset of the attribute of type X nested in the attribute at offset A, or 0.
    private func nestedNetlinkAttribute(of packet: Span<UInt8>, _ registers: ClassicRegisters) -> UInt32 {
        guard let start = netlinkStart(of: packet, registers) else { return 0 }
        let length = Self.littleEndian(at: start, of: packet)
        guard length <= packet.count - start else { return 0 }
        return Self.findAttribute(registers.x, from: start + 4, to: start + length, of: packet)
    }

    /// Offset A, where a whole attribute header lies there and the packet lies in one piece.
    private func netlinkStart(of packet: Span<UInt8>, _ registers: ClassicRegisters) -> Int? {
        guard metadata.linearLength ?? packet.count >= packet.count, packet.count >= 4 else { return nil }
        let start = Int(registers.a)
        return start <= packet.count - 4 ? start : nil
    }

    private static func findAttribute(_ type: UInt32, from start: Int, to end: Int, of packet: Span<UInt8>) -> UInt32 {
        var position = start
        while end - position >= 4 {
            let length = littleEndian(at: position, of: packet)
            guard length >= 4, length <= end - position else { return 0 }
            // The upper two bits of the type are flags.
            if littleEndian(at: position + 2, of: packet) & 0x3fff == Int(type) { return UInt32(clamping: position) }
            position += (length + 3) & ~3
        }
        return 0
    }

    private static func littleEndian(at offset: Int, of packet: Span<UInt8>) -> Int {
        Int(packet[offset]) | Int(packet[offset + 1]) << 8
    }
}
