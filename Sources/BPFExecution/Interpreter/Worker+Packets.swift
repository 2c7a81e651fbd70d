import BPFModel

// How packets get into a worker's context and out of it.
extension Worker {
    /// The addresses of the packet's first byte and past its last.
    package var packetAddresses: (start: UInt64, end: UInt64) {
        unsafe (state.pointee.context.data, state.pointee.context.dataEnd)
    }

    /// Where the packet's network header begins, in bytes.
    var networkOffset: UInt64 { unsafe state.pointee.networkOffset }

    /// Calls `body` with the packet in the context, in its own memory.
    func withPacket<Result>(
        _ packet: Span<UInt8>, _ metadata: PacketMetadata, _ use: PacketUse, _ body: () -> Result
    ) -> Result {
        let type = PacketType.protocol(of: packet)
        return unsafe packet.withUnsafeBytes { bytes in
            unsafe bind(bytes, type, metadata, use, place: nil)
            defer { forgetPacket() }
            return body()
        }
    }

    /// Calls `body` with the packet in the context, in its own memory, where programs may change bytes.
    func withMutablePacket<Result>(
        _ packet: inout [UInt8], _ metadata: PacketMetadata, _ use: PacketUse, _ body: () -> Result
    ) -> Result {
        let type = PacketType.protocol(of: packet.span)
        return unsafe packet.withUnsafeMutableBytes { bytes in
            unsafe bind(UnsafeRawBufferPointer(bytes), type, metadata, use, place: nil)
            defer { forgetPacket() }
            return body()
        }
    }

    /// Puts a copy of the packet in the context, which may grow, until ``forgetPacket()``.
    func copyPacket(_ packet: Span<UInt8>, _ metadata: PacketMetadata, _ use: PacketUse) {
        let type = PacketType.protocol(of: packet)
        unsafe packet.withUnsafeBytes { bytes in
            unsafe bind(bytes, type, metadata, use, place: packetBuffer.take(bytes, isFrame: use.isFrame))
        }
    }

    /// Copies the context's packet out.
    func takePacket(into packet: inout [UInt8]) {
        let (start, end) = packetAddresses
        let bytes = unsafe UnsafeRawBufferPointer(
            start: HelperFunctions.pointer(start), count: Int(truncatingIfNeeded: end &- start))
        if packet.count == bytes.count {
            unsafe packet.withUnsafeMutableBytes { unsafe $0.copyMemory(from: bytes) }
        } else {
            packet = unsafe [UInt8](bytes)
        }
    }

    /// What the context says of the packet, with the rest from what was known of it before.
    func metadata(after metadata: PacketMetadata) -> PacketMetadata {
        var metadata = metadata
        metadata.update(from: unsafe state.pointee.context, networkOffset: networkOffset)
        return metadata
    }

    /// The bytes that an XDP program put in front of the packet.
    var packetPrefix: [UInt8] {
        let start = unsafe state.pointee.context.dataMeta
        let count = unsafe Int(truncatingIfNeeded: state.pointee.context.data &- start)
        return unsafe [UInt8](UnsafeRawBufferPointer(start: HelperFunctions.pointer(start), count: count))
    }

    /// Moves a packet that a helper may have changed to memory that no pointer of the program leads to.
    func movePacketAway() {
        let packet = unsafe state.pointee.packet
        guard packet.low > 0 else { return }
        let start = min(packet.clean, unsafe state.pointee.context.dataMeta)
        let distance = packetBuffer.moveAway(from: start, to: packetAddresses.end)
        unsafe state.pointee.context.data &+= distance
        unsafe state.pointee.context.dataEnd &+= distance
        unsafe state.pointee.context.dataMeta &+= distance
        unsafe state.pointee.packet.low &+= distance
        unsafe state.pointee.packet.high &+= distance
        unsafe state.pointee.packet.clean &+= distance
    }

    /// Where the last run asked for its packet to go.
    var redirectRequest: RedirectRequest { unsafe state.pointee.packet.redirect }

    /// The addresses of the packet with what lies in front of it for programs.
    var packetArea: (start: UInt64, end: UInt64) {
        unsafe (state.pointee.context.dataMeta, state.pointee.context.dataEnd)
    }

    /// Calls `body` with the address of `memory`, which may change it.
    func withMemory<Result>(_ memory: inout [UInt8], _ body: (UInt64) -> Result) -> Result {
        unsafe memory.withUnsafeMutableBytes { bytes in
            unsafe body(bytes.isEmpty ? 0 : UInt64(UInt(bitPattern: bytes.baseAddress)))
        }
    }

    /// Leaves no address behind of a packet whose memory may be gone.
    func forgetPacket() {
        unsafe state.pointee.context.dataEnd = state.pointee.context.data
        unsafe state.pointee.context.dataMeta = state.pointee.context.data
        unsafe state.pointee.packet.low = 0
        unsafe state.pointee.packet.high = 0
        packetBuffer.reclaim()
    }

    private func bind(
        _ bytes: UnsafeRawBufferPointer, _ type: UInt32, _ metadata: PacketMetadata, _ use: PacketUse,
        place: PacketBuffer.Place?
    ) {
        var image = ContextImage(metadata)
        // An empty packet may have no address; any address does where nothing can be read.
        let start =
            unsafe place?.data ?? UInt64(UInt(bitPattern: bytes.baseAddress ?? UnsafeRawPointer(state)))
        image.data = start
        image.dataEnd = start &+ UInt64(bytes.count)
        image.dataMeta = start
        let length = metadata.originalLength ?? UInt32(truncatingIfNeeded: bytes.count)
        image.length = length
        image.wireLength = length
        if metadata.etherType == nil { image.etherProtocol = type }
        unsafe state.pointee.context = image
        unsafe state.pointee.networkOffset = UInt64(metadata.networkOffset)
        unsafe state.pointee.packet.begin(place, metadata, use)
    }
}
