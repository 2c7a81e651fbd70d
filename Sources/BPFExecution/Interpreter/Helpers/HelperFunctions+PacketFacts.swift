import BPFModel

// The helpers that tell and change what the host knows of a packet.
extension HelperFunctions {
    static let packetFacts: [HelperImplementation] = unsafe [
        HelperImplementation(.changeType) { _, type, _, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try changeType(packet, type.word) }
        },
        HelperImplementation(.hash) { _, _, _, _, _, state in
            let packet = unsafe PacketEditor(state)
            if packet.hash == 0 { packet.hash = packet.flowHash }
            return UInt64(packet.hash)
        },
        HelperImplementation(.forgetHash) { _, _, _, _, _, state in
            unsafe PacketEditor(state).hash = 0
            return 0
        },
        HelperImplementation(.socketCookie) { _, _, _, _, _, state in
            unsafe machine(state).pointee.packet.socketCookie
        },
        HelperImplementation(.socketUser) { _, _, _, _, _, state in
            unsafe UInt64(machine(state).pointee.packet.socketUser)
        },
    ]

    /// Only the four types of arriving packets may be changed into each other: `PACKET_HOST` to `PACKET_OTHERHOST`.
    private static func changeType(_ packet: PacketEditor, _ type: UInt32) throws(Errno) {
        guard packet.packetType <= 3, type <= 3 else { throw .invalid }
        packet.packetType = type
    }
}
