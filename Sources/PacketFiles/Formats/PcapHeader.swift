public import PacketBuffers

/// The 24 bytes a pcap file begins with.
///
///     |  0: magic number   |  4: major, minor version | 8: time zone    | 12: accuracy |
///     | 16: snap length    | 20: link type and frame check sequence    |
///
/// Source: draft-ietf-opsawg-pcap; the older variants from libpcap 1.10 (sf-pcap.c).
public struct PcapHeader: Hashable, Sendable {
    /// The length of the header in bytes.
    static let length = 24

    /// The byte order of every number in the file, the packets excepted.
    public var byteOrder: ByteOrder
    /// The unit of the fraction of a time stamp.
    public var resolution: TimeResolution
    /// Whether the records carry Kuznetzov's eight further bytes (interface index, protocol, packet type).
    public var hasModifiedRecords: Bool
    /// The major version: 2, or 543 for DG/UX.
    public var majorVersion: UInt16
    /// The minor version: 0 through 4.
    public var minorVersion: UInt16
    /// The snap length as written; 0 stands for no limit.
    public var snapLength: UInt32
    /// The link type.
    public var linkType: LinkType
    /// The upper bits of the link-type field, which tell the length of a frame check sequence.
    public var frameCheckBits: UInt16

    /// How the length fields of a record stand to each other.
    enum LengthOrder { case capturedFirst, originalFirst, smallerIsCaptured }

    var lengthOrder: LengthOrder {
        switch (majorVersion, minorVersion) {
        case (543, _), (2, 0...2): .originalFirst
        case (2, 3): .smallerIsCaptured
        default: .capturedFirst
        }
    }

    /// The length of a record's header in bytes.
    var recordHeaderLength: Int { hasModifiedRecords ? 24 : 16 }

    /// The most bytes of a packet that are read; a record that holds more is cut, as libpcap does.
    var cutLength: UInt32 {
        let effective = SnapLength.effective(snapLength, linkType)
        // Cooked captures of this format have an Ethernet header made up in front of the bytes captured.
        return hasModifiedRecords && linkType == .ethernet ? min(effective, UInt32(Int32.max) - 14) + 14 : effective
    }
}

extension PcapHeader {
    /// The magic numbers, as written in the file's own byte order.
    static let magics: [(number: UInt32, resolution: TimeResolution, hasModifiedRecords: Bool)] = [
        (0xa1b2_c3d4, .microseconds, false),
        (0xa1b2_3c4d, .nanoseconds, false),
        (0xa1b2_cd34, .microseconds, true),
    ]

    /// Whether bytes begin with one of the magic numbers; four bytes must be there.
    static func recognises(_ bytes: Span<UInt8>) -> Bool { match(bytes) != nil }

    private static func match(
        _ bytes: Span<UInt8>
    ) -> (order: ByteOrder, resolution: TimeResolution, hasModifiedRecords: Bool)? {
        for order in ByteOrder.allCases {
            for magic in magics where magic.number == bytes.word(at: 0, order) {
                return (order, magic.resolution, magic.hasModifiedRecords)
            }
        }
        return nil
    }

    /// Reads a header of 24 bytes.
    init(_ bytes: Span<UInt8>) throws(Damage) {
        guard let magic = Self.match(bytes) else { throw .unknownFormat(bytes) }
        byteOrder = magic.order
        resolution = magic.resolution
        hasModifiedRecords = magic.hasModifiedRecords
        majorVersion = bytes.half(at: 4, byteOrder)
        minorVersion = bytes.half(at: 6, byteOrder)
        snapLength = bytes.word(at: 16, byteOrder)
        let field = bytes.word(at: 20, byteOrder)
        linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: field))
        frameCheckBits = UInt16(truncatingIfNeeded: field >> 16)
        guard majorVersion == 2 && minorVersion <= 4 || majorVersion == 543 && minorVersion == 0 else {
            throw .unknownVersion("pcap", majorVersion, minorVersion, known: "2.0 through 2.4")
        }
        guard frameCheckBits & 0x03ff == 0 else { throw .reservedLinkTypeBits(field) }
    }
}
