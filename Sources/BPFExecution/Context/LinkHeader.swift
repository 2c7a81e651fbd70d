import PacketBuffers

/// What a link type says of the headers behind it, as far as contexts need it.
struct LinkHeader: Equatable {
    /// How long the link header is, in bytes: where the network header begins.
    let length: Int
    /// Where the EtherType is, or nil where the link has none.
    let etherTypeOffset: Int?

    /// The header of a link type; of one that isn't known, none.
    init(_ type: LinkType) {
        switch type {
        case .ethernet: (length, etherTypeOffset) = (14, 12)
        case .linuxSLL: (length, etherTypeOffset) = (16, 14)
        case .linuxSLL2: (length, etherTypeOffset) = (20, 0)
        case .ciscoHDLC: (length, etherTypeOffset) = (4, 2)
        case .null, .loop: (length, etherTypeOffset) = (4, nil)
        case .ppp: (length, etherTypeOffset) = (4, nil)
        default: (length, etherTypeOffset) = (0, nil)
        }
    }
}
