import PacketBuffers

/// What helpers need to know of a packet beside its context.
///
/// Offsets of headers count from the packet's first byte.
struct PacketState {
    /// The memory the packet may take; both 0 where it lies in its owner's memory and keeps its length.
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// What lies between `low` and here was left by other packets.
    var clean: UInt64 = 0
    /// Where the transport header begins; `.max` where nobody has said so.
    var transportOffset: UInt64 = .max
    /// Whether headers were put around the packet.
    var isEncapsulated = false
    /// Whether it is an XDP frame, not a socket buffer.
    var isFrame = false
    /// Where the packet was asked to go last.
    var redirect = RedirectRequest.none
    /// What `bpf_get_socket_cookie` and `bpf_get_socket_uid` tell.
    var socketCookie: UInt64 = 0
    var socketUser: UInt32 = 0
    /// The link type's number.
    var linkType: UInt16 = 1

    /// Makes ready for a run on a packet in its place; nil for its owner's memory.
    mutating func begin(_ place: PacketBuffer.Place?, _ metadata: PacketMetadata, _ use: PacketUse) {
        begin(place)
        isFrame = use.isFrame
        socketCookie = metadata.socketCookie
        socketUser = metadata.socketUser
        linkType = metadata.linkType.rawValue
    }

    /// Makes ready for a run on a packet that has the other things in common with the one before.
    mutating func begin(_ place: PacketBuffer.Place?) {
        low = place?.low ?? 0
        high = place?.high ?? 0
        clean = place?.data ?? 0
        transportOffset = .max
        isEncapsulated = false
        redirect = .none
    }
}

/// Where helpers were told to send a packet.
enum RedirectRequest {
    case none
    case interface(UInt32, flags: UInt64)
    /// The entry of a map that held `value` first, such as an interface's index.
    case entry(UInt32, value: UInt32)
    /// Every entry of the map at an address.
    case broadcast(map: UInt64, flags: UInt64)
}
