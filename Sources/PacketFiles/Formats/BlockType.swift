/// The types of pcapng blocks that mean something here; all others are passed over.
///
/// Source: draft-ietf-opsawg-pcapng.
enum BlockType: UInt32 {
    case sectionHeader = 0x0a0d_0d0a
    case interfaceDescription = 1
    /// The packet block that the enhanced one replaced.
    case obsoletePacket = 2
    case simplePacket = 3
    case interfaceStatistics = 5
    case enhancedPacket = 6

    /// The bytes every block has beside its body: type and length in front, the length again behind.
    static let overhead = 12

    /// The bytes from the beginning of a packet block to the packet; 0 for other blocks.
    var headerLength: Int {
        switch self {
        case .sectionHeader, .interfaceDescription, .interfaceStatistics: 0
        case .simplePacket: 12
        case .obsoletePacket, .enhancedPacket: 28
        }
    }
}

/// The bounds on the length of a block.
enum BlockLength {
    /// The largest section header libpcap accepts at the beginning of a file.
    static let largestSectionHeader: UInt32 = 1 << 20

    /// The largest block accepted: enough for one packet and 128 KiB of options, at least 16 MiB.
    static func maximum(packet: UInt32) -> Int { max(16 << 20, 8 + 20 + Int(packet) + 131_072 + 4) }
}

/// The fixed part of a section header block.
///
///     | 0: type | 4: length | 8: byte-order magic | 12: major, minor version | 16: section length (64 bits) |
enum SectionHeader {
    static let minimumLength = 28
    static let byteOrderMagic: UInt32 = 0x1a2b_3c4d

    /// The byte order of the section that begins here; 12 bytes must be there.
    static func byteOrder(_ bytes: Span<UInt8>) -> ByteOrder? {
        ByteOrder.allCases.first { bytes.word(at: 8, $0) == byteOrderMagic }
    }

    /// Reads a header of at least 28 bytes; options that are damaged are passed over, they decide nothing.
    static func read(_ bytes: Span<UInt8>, _ order: ByteOrder) -> CaptureSection {
        var section = CaptureSection(
            byteOrder: order, majorVersion: bytes.half(at: 12, order), minorVersion: bytes.half(at: 14, order))
        var cursor = OptionCursor(24..<(bytes.count - 4), order)
        while let option = try? cursor.next(in: bytes), option.code != OptionCursor.end {
            let text = bytes.extracting(option.value).text()
            switch option.code {
            case OptionCursor.comment: section.comment = text
            case 2: section.hardware = text
            case 3: section.operatingSystem = text
            case 4: section.application = text
            default: break
            }
        }
        return section
    }
}
