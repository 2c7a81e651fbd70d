// The helpers that read and change packets.
extension HelperPrototype {
    static let packets: [HelperPrototype] = [
        storeBytes, replaceNetworkChecksum, replaceTransportChecksum, cloneRedirect, pushVLAN, popVLAN, redirect,
        loadBytes, checksumDifference, changeProtocol, changeType, hash, changeTail, pullData, updateChecksum,
        forgetHash, changeHead, adjustHead, socketCookie, socketUser, adjustRoom, redirectMap, adjustMetadata,
        adjustTail, loadBytesRelative, bufferLength, loadBufferBytes, storeBufferBytes,
    ]

    /// Writes packet bytes at an offset; 0 or an errno, negated.
    public static let storeBytes = HelperPrototype(
        9, "bpf_skb_store_bytes", [.context, .anything, .readableMemory, .size, .anything], .scalar, [.schedCls],
        changesPacket: true)

    /// Brings the network header's checksum up to date; 0 or an errno, negated.
    public static let replaceNetworkChecksum = HelperPrototype(
        10, "bpf_l3_csum_replace", [.context, .anything, .anything, .anything, .anything], .scalar, [.schedCls],
        changesPacket: true)

    /// Brings the transport header's checksum up to date; 0 or an errno, negated.
    public static let replaceTransportChecksum = HelperPrototype(
        11, "bpf_l4_csum_replace", [.context, .anything, .anything, .anything, .anything], .scalar, [.schedCls],
        changesPacket: true)

    /// Sends a copy of the packet to an interface; 0 or an errno, negated.
    public static let cloneRedirect = HelperPrototype(
        13, "bpf_clone_redirect", [.context, .anything, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Puts a VLAN tag on; 0 or an errno, negated.
    public static let pushVLAN = HelperPrototype(
        18, "bpf_skb_vlan_push", [.context, .anything, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Takes the VLAN tag off; 0 or an errno, negated.
    public static let popVLAN = HelperPrototype(
        19, "bpf_skb_vlan_pop", [.context], .scalar, [.schedCls], changesPacket: true)

    /// Asks for the packet to go to an interface; the action to return.
    public static let redirect = HelperPrototype(
        23, "bpf_redirect", [.anything, .anything], .scalar, [.schedCls, .xdp])

    /// Copies packet bytes at an offset; 0 or an errno, negated, with the memory zeroed.
    public static let loadBytes = HelperPrototype(
        26, "bpf_skb_load_bytes", [.context, .anything, .writableMemory, .size], .scalar, .socketBuffer)

    /// The checksum's change from some bytes to others.
    public static let checksumDifference = HelperPrototype(
        28, "bpf_csum_diff", [.readableMemoryOrNull, .sizeOrZero, .readableMemoryOrNull, .sizeOrZero, .anything],
        .scalar, [.schedCls, .xdp])

    /// Makes room for the header of the other IP version; 0 or an errno, negated.
    public static let changeProtocol = HelperPrototype(
        31, "bpf_skb_change_proto", [.context, .anything, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Changes whom the packet is for; 0 or an errno, negated.
    public static let changeType = HelperPrototype(
        32, "bpf_skb_change_type", [.context, .anything], .scalar, [.schedCls])

    /// The packet's hash, computed where it isn't known.
    public static let hash = HelperPrototype(34, "bpf_get_hash_recalc", [.context], .scalar, [.schedCls])

    /// Changes the packet's length at its end; 0 or an errno, negated.
    public static let changeTail = HelperPrototype(
        38, "bpf_skb_change_tail", [.context, .anything, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Makes packet bytes accessible; 0 or an errno, negated.
    public static let pullData = HelperPrototype(
        39, "bpf_skb_pull_data", [.context, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Adds to the checksum the host has computed; that checksum, or an errno, negated.
    public static let updateChecksum = HelperPrototype(
        40, "bpf_csum_update", [.context, .anything], .scalar, [.schedCls])

    /// Forgets the packet's hash.
    public static let forgetHash = HelperPrototype(41, "bpf_set_hash_invalid", [.context], .scalar, [.schedCls])

    /// Makes room before the packet; 0 or an errno, negated.
    public static let changeHead = HelperPrototype(
        43, "bpf_skb_change_head", [.context, .anything, .anything], .scalar, [.schedCls], changesPacket: true)

    /// Moves the packet's start; 0 or an errno, negated.
    public static let adjustHead = HelperPrototype(
        44, "bpf_xdp_adjust_head", [.context, .anything], .scalar, [.xdp], changesPacket: true)

    /// The number of the packet's socket, never used again.
    public static let socketCookie = HelperPrototype(46, "bpf_get_socket_cookie", [.context], .scalar, .socketBuffer)

    /// The user of the packet's socket.
    public static let socketUser = HelperPrototype(47, "bpf_get_socket_uid", [.context], .scalar, .socketBuffer)

    /// Changes the room between two headers; 0 or an errno, negated.
    public static let adjustRoom = HelperPrototype(
        50, "bpf_skb_adjust_room", [.context, .anything, .anything, .anything], .scalar, [.schedCls],
        changesPacket: true)

    /// Asks for the packet to go to a map's entry; the action to return.
    public static let redirectMap = HelperPrototype(
        51, "bpf_redirect_map", [.map, .anything, .anything], .scalar, [.xdp],
        maps: [.devmap, .devmapHash, .cpumap, .xskmap])

    /// Moves the start of the metadata; 0 or an errno, negated.
    public static let adjustMetadata = HelperPrototype(
        54, "bpf_xdp_adjust_meta", [.context, .anything], .scalar, [.xdp], changesPacket: true)

    /// Moves the packet's end; 0 or an errno, negated.
    public static let adjustTail = HelperPrototype(
        65, "bpf_xdp_adjust_tail", [.context, .anything], .scalar, [.xdp], changesPacket: true)

    /// Copies packet bytes at an offset from the link or network header; 0 or an errno, negated.
    public static let loadBytesRelative = HelperPrototype(
        68, "bpf_skb_load_bytes_relative", [.context, .anything, .writableMemory, .size, .anything], .scalar,
        .socketBuffer)

    /// The packet's length.
    public static let bufferLength = HelperPrototype(188, "bpf_xdp_get_buff_len", [.context], .scalar, [.xdp])

    /// Copies packet bytes at an offset; 0 or an errno, negated.
    public static let loadBufferBytes = HelperPrototype(
        189, "bpf_xdp_load_bytes", [.context, .anything, .writableMemory, .size], .scalar, [.xdp])

    /// Writes packet bytes at an offset; 0 or an errno, negated.
    public static let storeBufferBytes = HelperPrototype(
        190, "bpf_xdp_store_bytes", [.context, .anything, .readableMemory, .size], .scalar, [.xdp])
}
