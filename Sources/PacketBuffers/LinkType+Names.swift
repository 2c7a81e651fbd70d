extension LinkType {
    /// The registered name without its prefix, such as `EN10MB`, or the number where the table has none.
    public var name: String { Self.row(of: self)?.name ?? "\(rawValue)" }

    /// The link type whose registered name is this one, compared without regard to case.
    ///
    /// - Parameter name: such as `EN10MB` or `linux_sll2`, without the `DLT_` or `LINKTYPE_` prefix.
    public init?(name: String) {
        guard let row = Self.names.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        self.init(rawValue: row.number)
    }

    private static func row(of type: LinkType) -> (number: UInt16, name: String, text: String)? {
        names.first { $0.number == type.rawValue }
    }

    /// One row for each link type we can name: number, registered name, what people call it.
    ///
    /// Where a name has several numbers the one that new files use comes first.
    private static let names: [(number: UInt16, name: String, text: String)] = [
        (0, "NULL", "BSD loopback"),
        (1, "EN10MB", "Ethernet"),
        (6, "IEEE802", "Token ring"),
        (7, "ARCNET", "BSD ARCNET"),
        (8, "SLIP", "SLIP"),
        (9, "PPP", "PPP"),
        (10, "FDDI", "FDDI"),
        (50, "PPP_SERIAL", "PPP over serial"),
        (51, "PPP_ETHER", "PPPoE"),
        (100, "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM"),
        (101, "RAW", "Raw IP"),
        (12, "RAW", "Raw IP"),
        (14, "RAW", "Raw IP"),
        (104, "C_HDLC", "Cisco HDLC"),
        (105, "IEEE802_11", "802.11"),
        (107, "FRELAY", "Frame Relay"),
        (108, "LOOP", "OpenBSD loopback"),
        (113, "LINUX_SLL", "Linux cooked v1"),
        (114, "LTALK", "Localtalk"),
        (117, "PFLOG", "OpenBSD pflog file"),
        (119, "PRISM_HEADER", "802.11 plus Prism header"),
        (122, "IP_OVER_FC", "RFC 2625 IP-over-Fibre Channel"),
        (123, "SUNATM", "Sun raw ATM"),
        (127, "IEEE802_11_RADIO", "802.11 plus radiotap header"),
        (129, "ARCNET_LINUX", "Linux ARCNET"),
        (138, "APPLE_IP_OVER_IEEE1394", "Apple IP-over-IEEE 1394"),
        (140, "MTP2", "SS7 MTP2"),
        (141, "MTP3", "SS7 MTP3"),
        (143, "DOCSIS", "DOCSIS"),
        (163, "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header"),
        (166, "PPP_PPPD", "PPP for pppd, with direction flag"),
        (182, "MFR", "FRF.16 Frame Relay"),
        (187, "BLUETOOTH_HCI_H4", "Bluetooth HCI UART transport layer"),
        (189, "USB_LINUX", "USB with Linux header"),
        (192, "PPI", "Per-Packet Information"),
        (195, "IEEE802_15_4", "IEEE 802.15.4 with FCS"),
        (201, "BLUETOOTH_HCI_H4_WITH_PHDR", "Bluetooth HCI UART transport layer plus pseudo-header"),
        (204, "PPP_WITH_DIR", "PPP with direction"),
        (205, "C_HDLC_WITH_DIR", "Cisco HDLC with direction"),
        (206, "FRELAY_WITH_DIR", "Frame Relay with direction"),
        (220, "USB_LINUX_MMAPPED", "USB with padded Linux header"),
        (227, "CAN_SOCKETCAN", "CAN-bus with SocketCAN headers"),
        (228, "IPV4", "Raw IPv4"),
        (229, "IPV6", "Raw IPv6"),
        (230, "IEEE802_15_4_NOFCS", "IEEE 802.15.4 without FCS"),
        (231, "DBUS", "D-Bus"),
        (239, "NFLOG", "Linux netfilter log messages"),
        (240, "NETANALYZER", "Ethernet with Hilscher netANALYZER pseudo-header"),
        (242, "IPOIB", "RFC 4391 IP-over-Infiniband"),
        (249, "USBPCAP", "USB with USBPcap header"),
        (253, "NETLINK", "Linux netlink"),
        (271, "VSOCK", "Linux vsock"),
        (274, "ETHERNET_MPACKET", "802.3br mPackets"),
        (276, "LINUX_SLL2", "Linux cooked v2"),
        (283, "IEEE802_15_4_TAP", "IEEE 802.15.4 with pseudo-header"),
        (284, "DSA_TAG_DSA", "Marvell DSA"),
        (285, "DSA_TAG_EDSA", "Marvell EDSA"),
    ]
}

extension LinkType: CustomStringConvertible {
    /// What people call the link type, such as `Ethernet` or `Linux cooked v1`; `link type 300` for unknown numbers.
    public var description: String { Self.row(of: self)?.text ?? "link type \(rawValue)" }
}
