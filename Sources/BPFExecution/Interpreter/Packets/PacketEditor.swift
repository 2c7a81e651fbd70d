/// A packet in the hands of a helper: its bytes and the memory around them, with the context kept true.
///
/// Nothing here trusts the packet's length or place: offsets are checked by ``holds(_:at:)`` before bytes are touched,
/// room is made where there is some.
@safe struct PacketEditor {
    let state: UnsafeMutablePointer<MachineState>

    init(_ state: UnsafeMutableRawPointer) {
        unsafe self.state = state.assumingMemoryBound(to: MachineState.self)
    }

    // MARK: Place

    var data: UInt64 {
        get { unsafe state.pointee.context.data }
        nonmutating set { unsafe state.pointee.context.data = newValue }
    }

    var dataEnd: UInt64 {
        get { unsafe state.pointee.context.dataEnd }
        nonmutating set { unsafe state.pointee.context.dataEnd = newValue }
    }

    var metadata: UInt64 {
        get { unsafe state.pointee.context.dataMeta }
        nonmutating set { unsafe state.pointee.context.dataMeta = newValue }
    }

    var low: UInt64 { unsafe state.pointee.packet.low }
    var high: UInt64 { unsafe state.pointee.packet.high }

    /// How many bytes the packet has here.
    var length: UInt64 { dataEnd &- data }

    /// How many bytes the packet has in all, captured or not.
    var fullLength: UInt32 {
        get { unsafe state.pointee.context.length }
        nonmutating set { unsafe state.pointee.context.length = newValue }
    }

    /// Whether the packet has `count` bytes at an offset; both below 2^33.
    func holds(_ count: UInt64, at offset: UInt64) -> Bool { offset &+ count <= length }

    // MARK: Headers

    var networkOffset: UInt64 {
        get { unsafe state.pointee.networkOffset }
        nonmutating set { unsafe state.pointee.networkOffset = newValue }
    }

    var transportOffset: UInt64? {
        get {
            let offset = unsafe state.pointee.packet.transportOffset
            return offset == .max ? nil : offset
        }
        nonmutating set { unsafe state.pointee.packet.transportOffset = newValue ?? .max }
    }

    var isEncapsulated: Bool {
        get { unsafe state.pointee.packet.isEncapsulated }
        nonmutating set { unsafe state.pointee.packet.isEncapsulated = newValue }
    }

    /// The EtherType in network byte order, as the context has it.
    var etherProtocol: UInt32 {
        get { unsafe state.pointee.context.etherProtocol }
        nonmutating set { unsafe state.pointee.context.etherProtocol = newValue }
    }

    var hash: UInt32 {
        get { unsafe state.pointee.context.hash }
        nonmutating set { unsafe state.pointee.context.hash = newValue }
    }

    var packetType: UInt32 {
        get { unsafe state.pointee.context.packetType }
        nonmutating set { unsafe state.pointee.context.packetType = newValue }
    }

    // MARK: Bytes

    /// The packet's bytes.
    private func bytes(at offset: UInt64) -> UnsafeMutableRawPointer {
        unsafe HelperFunctions.pointer(data &+ offset)
    }

    /// Two bytes, in memory's order.
    func half(at offset: UInt64) -> UInt16 { unsafe bytes(at: offset).loadUnaligned(as: UInt16.self) }

    func setHalf(at offset: UInt64, _ value: UInt16) { unsafe bytes(at: offset).storeBytes(of: value, as: UInt16.self) }

    /// Copies bytes of a program's memory into the packet.
    func write(_ from: UInt64, _ count: UInt64, at offset: UInt64) {
        if count > 0 {
            unsafe bytes(at: offset).copyMemory(from: HelperFunctions.pointer(from), byteCount: Int(count))
        }
    }

    /// Copies bytes of the packet into a program's memory.
    func read(_ to: UInt64, _ count: UInt64, at offset: UInt64) {
        if count > 0 {
            unsafe HelperFunctions.pointer(to).copyMemory(from: bytes(at: offset), byteCount: Int(count))
        }
    }

    /// Moves bytes within the packet's memory; the places may overlap.
    func move(from: UInt64, to: UInt64, _ count: UInt64) {
        if count > 0 {
            unsafe HelperFunctions.pointer(to).copyMemory(from: HelperFunctions.pointer(from), byteCount: Int(count))
        }
    }

    /// Writes zeros from an address on.
    static func zero(_ address: UInt64, _ count: UInt64) {
        if count > 0 {
            unsafe HelperFunctions.pointer(address).initializeMemory(
                as: UInt8.self, repeating: 0, count: Int(truncatingIfNeeded: count))
        }
    }
}
