import BPFModel

// The helpers that move an XDP frame's ends and its metadata.
extension HelperFunctions {
    static let frames: [HelperImplementation] = unsafe [
        HelperImplementation(.adjustHead) { _, offset, _, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try adjustHead(packet, offset.distance) }
        },
        HelperImplementation(.adjustTail) { _, offset, _, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try adjustTail(packet, offset.distance) }
        },
        HelperImplementation(.adjustMetadata) { _, offset, _, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try adjustMetadata(packet, offset.distance) }
        },
    ]

    private static func adjustHead(_ packet: PacketEditor, _ distance: UInt64) throws(Errno) {
        let metadataLength = packet.data &- packet.metadata
        let start = packet.data &+ distance
        guard start >= packet.low &+ metadataLength, start &+ PacketRoom.linkHeader <= packet.dataEnd else {
            throw .invalid
        }
        packet.expose(from: start &- metadataLength)
        packet.move(from: packet.metadata, to: packet.metadata &+ distance, metadataLength)
        packet.data = start
        packet.metadata &+= distance
        packet.fullLength &-= distance.word
    }

    private static func adjustTail(_ packet: PacketEditor, _ distance: UInt64) throws(Errno) {
        let end = packet.dataEnd &+ distance
        guard end <= packet.high, end >= packet.data &+ PacketRoom.linkHeader else { throw .invalid }
        if end > packet.dataEnd { PacketEditor.zero(packet.dataEnd, distance) }
        packet.dataEnd = end
        packet.fullLength &+= distance.word
    }

    private static func adjustMetadata(_ packet: PacketEditor, _ distance: UInt64) throws(Errno) {
        let start = packet.metadata &+ distance
        guard start >= packet.low, start <= packet.data else { throw .invalid }
        let length = packet.data &- start
        guard length & 3 == 0, length <= PacketRoom.longestMetadata else { throw .access }
        packet.expose(from: start)
        packet.metadata = start
    }
}

extension UInt64 {
    /// A signed 32-bit argument, to be added to an address.
    fileprivate var distance: UInt64 { UInt64(bitPattern: Int64(signedWord)) }
}

extension PacketEditor {
    /// Makes memory in front of the packet its own: what other packets left there becomes zeros.
    fileprivate func expose(from address: UInt64) {
        let clean = unsafe state.pointee.packet.clean
        guard address < clean else { return }
        Self.zero(address, clean &- address)
        unsafe state.pointee.packet.clean = address
    }
}
