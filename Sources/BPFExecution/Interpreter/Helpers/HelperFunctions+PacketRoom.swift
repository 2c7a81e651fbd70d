import BPFModel

// The helpers that make socket buffers longer or shorter.
extension HelperFunctions {
    static let packetRoom: [HelperImplementation] = unsafe [
        HelperImplementation(.changeTail) { _, length, flags, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try changeTail(packet, length.word, flags) }
        },
        HelperImplementation(.changeHead) { _, room, flags, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try changeHead(packet, room.word, flags) }
        },
        HelperImplementation(.changeProtocol) { _, type, flags, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try changeProtocol(packet, UInt16(truncatingIfNeeded: type), flags)
            }
        },
        HelperImplementation(.adjustRoom) { _, difference, mode, flags, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try adjustRoom(packet, difference.signedWord, mode.word, RoomFlags(rawValue: flags))
            }
        },
    ]

    private static func changeTail(_ packet: PacketEditor, _ length: UInt32, _ flags: UInt64) throws(Errno) {
        let least = packet.transportOffset.map { $0 > 0 ? $0 : packet.networkOffset } ?? packet.networkOffset
        guard flags == 0, length <= PacketRoom.longestSocketBuffer, length >= least else { throw .invalid }
        guard !packet.isEncapsulated else { throw .unsupported }
        try packet.setFullLength(UInt64(length))
    }

    private static func changeHead(_ packet: PacketEditor, _ room: UInt32, _ flags: UInt64) throws(Errno) {
        guard flags == 0, room <= UInt32(Int32.max),
            packet.length &+ UInt64(room) <= PacketRoom.longestSocketBuffer
        else { throw .invalid }
        try packet.prepend(UInt64(room))
        PacketEditor.zero(packet.data, UInt64(room))
    }

    // MARK: The room behind the link header

    /// EtherTypes as they are in memory.
    private static var ipv4: UInt32 { UInt32(UInt16(0x0800).bigEndian) }
    private static var ipv6: UInt32 { UInt32(UInt16(0x86dd).bigEndian) }
    private static var ipv4Header: UInt64 { 20 }
    private static var ipv6Header: UInt64 { 40 }

    private static func changeProtocol(_ packet: PacketEditor, _ type: UInt16, _ flags: UInt64) throws(Errno) {
        guard flags == 0 else { throw .invalid }
        switch (packet.etherProtocol, UInt32(type)) {
        case (ipv4, ipv6): try packet.pushNetworkHeader(ipv6Header &- ipv4Header, at: packet.networkOffset)
        case (ipv6, ipv4): try packet.popNetworkHeader(ipv6Header &- ipv4Header, at: packet.networkOffset)
        default: throw .unsupported
        }
        packet.etherProtocol = UInt32(type)
        packet.hash = 0
    }

    private static func adjustRoom(
        _ packet: PacketEditor, _ difference: Int32, _ mode: UInt32, _ flags: RoomFlags
    ) throws(Errno) {
        guard RoomFlags.all.isSuperset(of: flags.withoutLinkHeader) else { throw .invalid }
        let count = UInt64(difference.magnitude)
        guard count <= 0xfff else { throw .fault }
        let base: UInt64
        switch packet.etherProtocol {
        case ipv4: base = ipv4Header
        case ipv6: base = ipv6Header
        default: throw .unsupported
        }
        guard let mode = RoomMode(rawValue: mode) else { throw .unsupported }
        let place = packet.networkOffset &+ (mode == .network ? base : 0)
        if difference < 0 {
            try shrink(packet, count, at: place, least: try flags.headerLeft ?? base, flags)
        } else {
            guard flags.isDisjoint(with: .decapsulation) else { throw .invalid }
            guard packet.length &+ count <= PacketRoom.longestSocketBuffer else { throw .unsupported }
            try grow(packet, count, at: place, flags)
        }
    }

    private static func shrink(
        _ packet: PacketEditor, _ count: UInt64, at place: UInt64, least: UInt64, _ flags: RoomFlags
    ) throws(Errno) {
        let length = packet.length &- min(packet.length, packet.networkOffset)
        guard count < length, length &- count >= least else { throw .unsupported }
        guard RoomFlags.shrinking.isSuperset(of: flags) else { throw .invalid }
        try packet.popNetworkHeader(count, at: place)
        if flags.contains(.decapsulatesIPv6), packet.etherProtocol == ipv4 { packet.etherProtocol = ipv6 }
        if flags.contains(.decapsulatesIPv4), packet.etherProtocol == ipv6 { packet.etherProtocol = ipv4 }
    }

    private static func grow(
        _ packet: PacketEditor, _ count: UInt64, at place: UInt64, _ flags: RoomFlags
    ) throws(Errno) {
        let encapsulates = !flags.isDisjoint(with: .encapsulation)
        if encapsulates {
            guard !flags.isSuperset(of: .encapsulation), !flags.isSuperset(of: .tunnel) else { throw .invalid }
            guard !flags.contains(.ethernet) || flags.innerLinkHeader >= PacketRoom.linkHeader else { throw .invalid }
            guard !packet.isEncapsulated else { throw .already }
            guard flags.innerLinkHeader <= count else { throw .invalid }
        }
        try packet.pushNetworkHeader(count, at: place)
        guard encapsulates else { return }
        packet.isEncapsulated = true
        if !flags.isDisjoint(with: .tunnel) {
            let header = flags.contains(.encapsulatesIPv6) ? ipv6Header : ipv4Header
            packet.transportOffset = packet.networkOffset &+ header
        }
        if flags.contains(.encapsulatesIPv6), packet.etherProtocol == ipv4 {
            packet.etherProtocol = ipv6
        } else if flags.contains(.encapsulatesIPv4), packet.etherProtocol == ipv6 {
            packet.etherProtocol = ipv4
        }
    }

    /// Where `bpf_skb_adjust_room` makes room, numbered as Linux's `enum bpf_adj_room_mode`.
    private enum RoomMode: UInt32 {
        /// Behind the network header.
        case network = 0
        /// Before the network header.
        case link = 1
    }
}

extension PacketEditor {
    /// Makes room in front of which the headers stay, at the same distance from the packet's start.
    func pushNetworkHeader(_ count: UInt64, at offset: UInt64) throws(Errno) {
        let network = networkOffset
        let transportIsNetwork = transportOffset == network
        try insert(count, at: offset)
        networkOffset = network
        if transportIsNetwork { transportOffset = network }
    }

    /// Takes bytes away in front of which the headers stay.
    func popNetworkHeader(_ count: UInt64, at offset: UInt64) throws(Errno) {
        let network = networkOffset
        let transportIsNetwork = transportOffset == network
        try remove(count, at: offset)
        networkOffset = network
        if transportIsNetwork { transportOffset = network }
    }
}

/// What the room that `bpf_skb_adjust_room` makes or takes away is for: Linux's `BPF_F_ADJ_ROOM_*`.
struct RoomFlags: OptionSet {
    let rawValue: UInt64

    static let keepsSegments = RoomFlags(rawValue: 1 << 0)
    static let encapsulatesIPv4 = RoomFlags(rawValue: 1 << 1)
    static let encapsulatesIPv6 = RoomFlags(rawValue: 1 << 2)
    static let gre = RoomFlags(rawValue: 1 << 3)
    static let udp = RoomFlags(rawValue: 1 << 4)
    static let keepsChecksum = RoomFlags(rawValue: 1 << 5)
    static let ethernet = RoomFlags(rawValue: 1 << 6)
    static let decapsulatesIPv4 = RoomFlags(rawValue: 1 << 7)
    static let decapsulatesIPv6 = RoomFlags(rawValue: 1 << 8)

    static let encapsulation: RoomFlags = [.encapsulatesIPv4, .encapsulatesIPv6]
    static let tunnel: RoomFlags = [.gre, .udp]
    static let decapsulation: RoomFlags = [.decapsulatesIPv4, .decapsulatesIPv6]
    static let shrinking: RoomFlags = [.keepsSegments, .keepsChecksum, .decapsulatesIPv4, .decapsulatesIPv6]
    static let all: RoomFlags = [.shrinking, .encapsulation, .tunnel, .ethernet]

    /// The length of the inner link header, in the highest byte.
    var innerLinkHeader: UInt64 { rawValue &>> 56 }
    var withoutLinkHeader: RoomFlags { RoomFlags(rawValue: rawValue & (1 &<< 56 &- 1)) }

    /// The length of the network header that decapsulation must leave; nil where none is said to remain.
    var headerLeft: UInt64? {
        get throws(Errno) {
            if isDisjoint(with: .decapsulation) { return nil }
            guard !isSuperset(of: .decapsulation) else { throw .invalid }
            return contains(.decapsulatesIPv4) ? 20 : 40
        }
    }
}
