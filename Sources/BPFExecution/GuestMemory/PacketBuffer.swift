/// A worker's memory for packets that programs may make longer or shorter: with room before and behind them.
///
/// Invariant: `memory` is `capacity` bytes, and what was left during a run stays allocated until the run ends.
@safe final class PacketBuffer {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// Memory that the packet was moved out of: no address of it is given to anything else while programs may have it.
    private var left = unsafe [UnsafeMutableRawPointer]()

    /// Where a packet lies, and how far it may grow.
    struct Place {
        let data: UInt64
        let low: UInt64
        let high: UInt64
    }

    /// Makes a buffer that takes its memory with its first packet.
    init() {
        capacity = 0
        unsafe memory = .allocate(byteCount: capacity, alignment: 64)
    }

    /// Copies a packet in.
    func take(_ packet: UnsafeRawBufferPointer, isFrame: Bool) -> Place {
        if capacity < Self.capacity(for: packet.count) {
            unsafe memory.deallocate()
            capacity = Self.capacity(for: packet.count)
            unsafe memory = .allocate(byteCount: capacity, alignment: 64)
        }
        let start = unsafe memory + PacketRoom.bufferHead
        if let bytes = packet.baseAddress { unsafe start.copyMemory(from: bytes, byteCount: packet.count) }
        let data = UInt64(UInt(bitPattern: start))
        guard isFrame else {
            let low = unsafe UInt64(UInt(bitPattern: memory))
            return Place(data: data, low: low, high: low &+ UInt64(capacity))
        }
        let longest = max(PacketRoom.longestFrame, UInt64(packet.count))
        return Place(data: data, low: data &- PacketRoom.frameHead, high: data &+ longest)
    }

    private static func capacity(for length: Int) -> Int {
        PacketRoom.bufferHead + max(Int(PacketRoom.longestSocketBuffer), length) + 1024
    }

    /// Moves what lies from one address to another into fresh memory; returns how far.
    func moveAway(from start: UInt64, to end: UInt64) -> UInt64 {
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        let distance = unsafe UInt64(UInt(bitPattern: fresh)) &- UInt64(UInt(bitPattern: memory))
        unsafe HelperFunctions.pointer(start &+ distance).copyMemory(
            from: HelperFunctions.pointer(start), byteCount: Int(end &- start))
        unsafe left.append(memory)
        unsafe memory = fresh
        return distance
    }

    /// Gives back the memory that was left.
    func reclaim() {
        unsafe left.forEach { unsafe $0.deallocate() }
        unsafe left.removeAll()
    }

    deinit {
        reclaim()
        unsafe memory.deallocate()
    }
}
