/// What a program's loads see of one packet, by the rules of a dialect.
struct PacketLoads {
    /// What an absolute load does.
    enum Outcome {
        /// Gives a value.
        case value(UInt32)
        /// Ends the program with a verdict.
        case ends(UInt32)
    }

    let dialect: ClassicDialect
    let metadata: ClassicMetadata

    /// The packet's length, as the program is told.
    func length(of packet: Span<UInt8>) -> UInt32 {
        let count = UInt32(clamping: packet.count)
        return switch dialect {
        case .linux: count
        case .libpcap: metadata.wireLength ?? count
        }
    }

    func absolute(
        _ size: ClassicOperation.Size, at offset: UInt32, of packet: Span<UInt8>, _ registers: ClassicRegisters
    ) -> Outcome {
        if let field = AncillaryField(offset: offset) {
            switch dialect {
            case .linux: return ancillary(field, of: packet, registers)
            case .libpcap:
                // Its interpreter knows two fields, and only in loads of a byte.
                guard size == .byte, let tag = metadata.vlanTag else { return .ends(0) }
                if field == .vlanTag { return .value(UInt32(tag.control)) }
                if field == .vlanTagPresent { return .value(tag.isPresent ? 1 : 0) }
            }
        }
        return bytes(size, at: offset, of: packet).map { .value($0) } ?? .ends(0)
    }

    /// The value at X + offset, or nil where that is out of range.
    func indexed(_ size: ClassicOperation.Size, at offset: UInt32, of packet: Span<UInt8>, x: UInt32) -> UInt32? {
        let (sum, overflow) = x.addingReportingOverflow(offset)
        if overflow && dialect == .libpcap { return nil }
        return bytes(size, at: sum, of: packet)
    }

    /// The value at an offset that names no ancillary field, or nil where that is out of range.
    func bytes(_ size: ClassicOperation.Size, at offset: UInt32, of packet: Span<UInt8>) -> UInt32? {
        if dialect == .libpcap || offset <= UInt32(Int32.max) {
            return Self.value(size, at: Int(offset), of: packet, end: packet.count)
        }
        let start: Int?
        if offset >= HeaderOffset.network {
            start = metadata.networkOffset.map { $0 &+ Int(offset &- HeaderOffset.network) }
        } else if offset >= HeaderOffset.link {
            start = metadata.linkOffset.map { $0 &+ Int(offset &- HeaderOffset.link) }
        } else {
            start = nil
        }
        let end = min(metadata.linearLength ?? packet.count, packet.count)
        return start.flatMap { Self.value(size, at: $0, of: packet, end: end) }
    }

    /// The big-endian value of `size` at `start`, or nil where it does not lie within 0 and `end`, which is within the packet.
    static func value(_ size: ClassicOperation.Size, at start: Int, of packet: Span<UInt8>, end: Int) -> UInt32? {
        guard start >= 0, start <= end, size.byteCount <= end - start else { return nil }
        switch size {
        case .byte: return UInt32(packet[start])
        case .half: return UInt32(packet[start]) << 8 | UInt32(packet[start + 1])
        case .word:
            return UInt32(packet[start]) << 24 | UInt32(packet[start + 1]) << 16
                | UInt32(packet[start + 2]) << 8 | UInt32(packet[start + 3])
        }
    }
}
