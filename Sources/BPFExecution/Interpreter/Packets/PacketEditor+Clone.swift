extension PacketEditor {
    /// A copy of the packet as it is.
    func clone(to interface: UInt32, ingress: Bool) -> PacketClone {
        var metadata = PacketMetadata()
        metadata.update(from: unsafe state.pointee.context, networkOffset: networkOffset)
        let bytes = unsafe UnsafeRawBufferPointer(start: HelperFunctions.pointer(data), count: Int(length))
        return PacketClone(packet: unsafe [UInt8](bytes), metadata: metadata, interface: interface, ingress: ingress)
    }
}
