internal import PacketBuffers

extension FlowProgram {
    /// What a link header's piece leads to, so that a program has every piece it needs and none it can't reach.
    enum Continuation {
        /// An EtherType, or an LLC header where an EtherType could be.
        case etherType
        /// An LLC header.
        case logicalLink
        /// IP of either version.
        case network
        /// IPv4 and nothing else.
        case ipv4
        /// IPv6 and nothing else.
        case ipv6
    }

    /// The pieces for the headers of a link type, and what they lead to; nil where its headers are not known.
    static func link(_ type: LinkType) -> (pieces: [[UInt8]], next: Continuation)? {
        typealias Piece = PackageResources
        return switch type {
        case .ethernet: ([Piece.link_ethernet_s], .etherType)
        case .linuxSLL: ([Piece.link_sll_s], .etherType)
        case .linuxSLL2: ([Piece.link_sll2_s], .etherType)
        case .ipOverInfiniBand: ([Piece.link_ipoib_s], .etherType)
        case .ciscoHDLC: ([Piece.link_chdlc_s], .etherType)
        case .ppp, .pppSerial: ([Piece.link_ppp_s, Piece.link_chdlc_s], .etherType)
        case .frameRelay: ([Piece.link_frelay_s], .etherType)
        case .null, .loop: ([Piece.link_null_s], .network)
        case .raw, .rawDLT, .rawOpenBSD: ([Piece.link_raw_s], .network)
        case .slip: ([Piece.link_slip_s, Piece.link_raw_s], .network)
        case .ipv4: ([], .ipv4)
        case .ipv6: ([], .ipv6)
        case .linuxARCNET: ([Piece.link_arcnet_s], .network)
        case .nflog: ([Piece.link_nflog_s], .network)
        case .ieee80211: ([Piece.link_80211_s], .logicalLink)
        case .radiotap: ([Piece.link_radiotap_s, Piece.link_80211_s], .logicalLink)
        case .ppi: (ppi, .etherType)
        default: nil
        }
    }

    /// The pieces of PPI, whose header can lead to any other link type.
    ///
    /// Those without a jump at their end come before what they lead to.
    private static var ppi: [[UInt8]] {
        typealias Piece = PackageResources
        return [
            Piece.link_ppi_s, Piece.link_radiotap_s, Piece.link_80211_s, Piece.link_slip_s, Piece.link_raw_s,
            Piece.link_null_s, Piece.link_sll_s, Piece.link_sll2_s, Piece.link_ipoib_s, Piece.link_ppp_s,
            Piece.link_chdlc_s, Piece.link_frelay_s, Piece.link_arcnet_s, Piece.link_nflog_s, Piece.link_ethernet_s,
        ]
    }
}
