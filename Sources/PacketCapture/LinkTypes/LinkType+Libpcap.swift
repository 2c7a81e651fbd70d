internal import CPcap
public import PacketBuffers

extension LinkType {
    /// Link types whose number in files (`LINKTYPE_*`) may differ from libpcap's number on this platform (`DLT_*`).
    ///
    /// Source: the table of libpcap's pcap-common.c. Every other number is the same on both sides.
    private static let differing: [(linkType: UInt16, dataLink: Int32)] = [
        (100, DLT_ATM_RFC1483), (101, DLT_RAW), (102, DLT_SLIP_BSDOS), (103, DLT_PPP_BSDOS), (106, DLT_ATM_CLIP),
        (107, DLT_FRELAY), (108, DLT_LOOP), (109, DLT_ENC), (112, DLT_HDLC), (246, DLT_PFSYNC), (258, DLT_PKTAP),
    ]

    /// libpcap's number for the link type on this platform.
    var dataLink: Int32 {
        Self.differing.first { $0.linkType == rawValue }?.dataLink ?? Int32(rawValue)
    }

    /// The link type with libpcap's number `dataLink`, or nil where no file can name it.
    init?(dataLink: Int32) {
        if let row = Self.differing.first(where: { $0.dataLink == dataLink }) {
            self.init(rawValue: row.linkType)
        } else if let number = UInt16(exactly: dataLink) {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }

    /// The link type libpcap calls `name`, such as `EN10MB` or `LINUX_SLL2`, in any case; nil where it knows none.
    public init?(libpcapName name: String) {
        guard !name.utf8.contains(0) else { return nil }
        self.init(dataLink: unsafe pcap_datalink_name_to_val(name))
    }

    /// libpcap's name for the link type, such as `EN10MB`, or nil where it has none.
    public var libpcapName: String? {
        guard let name = unsafe pcap_datalink_val_to_name(dataLink) else { return nil }
        return unsafe String(cString: name)
    }

    /// libpcap's description of the link type, such as `Ethernet`, or nil where it has none.
    public var libpcapDescription: String? {
        guard let text = unsafe pcap_datalink_val_to_description(dataLink) else { return nil }
        return unsafe String(cString: text)
    }

    /// Every link type this libpcap has a name for, by number, each once.
    public static let knownToLibpcap: [LinkType] = (UInt16(0)..<1024)
        .map { LinkType(rawValue: $0) }
        .filter { $0.libpcapName != nil && LinkType(dataLink: $0.dataLink) == $0 }
}
