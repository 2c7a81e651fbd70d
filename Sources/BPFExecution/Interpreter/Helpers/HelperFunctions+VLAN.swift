import BPFModel

// The helpers that put VLAN tags on and take them off. The outermost tag is kept beside the packet, as Linux keeps it.
extension HelperFunctions {
    static let vlan: [HelperImplementation] = unsafe [
        HelperImplementation(.pushVLAN) { _, type, tag, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try pushTag(packet, UInt16(truncatingIfNeeded: type), UInt16(truncatingIfNeeded: tag))
            }
        },
        HelperImplementation(.popVLAN) { _, _, _, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try popTag(packet) }
        },
    ]

    private static func pushTag(_ packet: PacketEditor, _ type: UInt16, _ tag: UInt16) throws(Errno) {
        if let outer = packet.tag { try packet.insert(outer) }
        packet.tag = VLANTag(type: VLANTag.isType(UInt32(type)) ? UInt32(type) : VLANTag.customer, control: tag)
    }

    private static func popTag(_ packet: PacketEditor) throws(Errno) {
        if packet.tag != nil {
            packet.tag = nil
        } else {
            guard VLANTag.isType(packet.etherProtocol) else { return }
            _ = try packet.removeTag()
        }
        // The next tag, where there is one, is the outermost now.
        guard VLANTag.isType(packet.etherProtocol) else { return }
        packet.tag = try packet.removeTag()
    }
}

/// A VLAN tag: its EtherType in memory's order, as contexts have it, and its control information.
struct VLANTag {
    let type: UInt32
    let control: UInt16

    static var length: UInt64 { 4 }
    static var customer: UInt32 { UInt32(UInt16(0x8100).bigEndian) }
    static var service: UInt32 { UInt32(UInt16(0x88a8).bigEndian) }

    static func isType(_ type: UInt32) -> Bool { type == customer || type == service }
}

extension PacketEditor {
    /// The tag beside the packet.
    fileprivate var tag: VLANTag? {
        get {
            unsafe state.pointee.context.vlanPresent == 0
                ? nil
                : VLANTag(
                    type: state.pointee.context.vlanProtocol,
                    control: UInt16(truncatingIfNeeded: state.pointee.context.vlanTCI))
        }
        nonmutating set {
            unsafe state.pointee.context.vlanPresent = newValue == nil ? 0 : 1
            unsafe state.pointee.context.vlanProtocol = newValue?.type ?? 0
            unsafe state.pointee.context.vlanTCI = UInt32(newValue?.control ?? 0)
        }
    }

    /// Where a link header has its EtherType, or the first tag.
    private static var typeOffset: UInt64 { 12 }

    /// Puts a tag behind the link addresses.
    ///
    /// The network header counts as before, from the packet's start on.
    fileprivate func insert(_ tag: VLANTag) throws(Errno) {
        let network = networkOffset
        try prepend(VLANTag.length)
        networkOffset = network
        move(from: data &+ VLANTag.length, to: data, min(Self.typeOffset, length &- VLANTag.length))
        guard holds(4, at: Self.typeOffset) else { return }
        setHalf(at: Self.typeOffset, UInt16(truncatingIfNeeded: tag.type))
        setHalf(at: Self.typeOffset &+ 2, tag.control.bigEndian)
        etherProtocol = tag.type
    }

    /// Takes the tag behind the link addresses out; the EtherType behind it becomes the packet's.
    fileprivate func removeTag() throws(Errno) -> VLANTag {
        guard holds(PacketRoom.linkHeader &+ VLANTag.length, at: 0) else { throw .noMemory }
        let tag = VLANTag(type: etherProtocol, control: UInt16(bigEndian: half(at: PacketRoom.linkHeader)))
        move(from: data, to: data &+ VLANTag.length, Self.typeOffset)
        removeFirst(VLANTag.length)
        etherProtocol = PacketType.protocol(half(at: Self.typeOffset), next: holds(2, at: 14) ? half(at: 14) : 0)
        networkOffset = max(networkOffset, PacketRoom.linkHeader)
        return tag
    }
}
