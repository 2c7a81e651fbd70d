import Synchronization

/// Reads and writes of memory that other threads, or the program's last instructions, may just have written.
///
/// Keys are read in 32-bit pieces: programs build them on their stack with stores of that size, and a wider load of
/// bytes still on their way to the cache waits for them. Relaxed atomics keep the compiler from joining the pieces,
/// and cost what plain loads cost.
enum Words {
    @inline(__always)
    static func load32(_ address: UnsafeRawPointer) -> UInt32 {
        unsafe address.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .relaxed)
    }

    /// Two 32-bit loads, joined.
    @inline(__always)
    static func loadPair(_ address: UnsafeRawPointer) -> UInt64 {
        let low = unsafe UInt64(load32(address))
        let high = unsafe UInt64(load32(address + 4))
        return low | high &<< 32
    }

    /// A 64-bit load that later loads can't be moved ahead of.
    @inline(__always)
    static func loadAcquire64(_ address: UnsafeRawPointer) -> UInt64 {
        unsafe address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring)
    }

    @inline(__always)
    static func store64(_ address: UnsafeMutableRawPointer, _ value: UInt64) {
        unsafe address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.store(value, ordering: .relaxed)
    }

    /// Whether a 32-bit load at the address is aligned.
    @inline(__always)
    static func isAligned(_ address: UnsafeRawPointer) -> Bool {
        UInt(bitPattern: address) & 3 == 0
    }

    /// Copies `count` bytes out of a program's memory, in 32-bit pieces where that is possible.
    @inline(__always)
    static func copy(_ source: UnsafeRawPointer, to destination: UnsafeMutableRawPointer, count: Int) {
        guard unsafe isAligned(source), count & 3 == 0, count <= 64 else {
            unsafe destination.copyMemory(from: source, byteCount: count)
            return
        }
        var offset = 0
        while offset < count {
            unsafe destination.storeBytes(of: load32(source + offset), toByteOffset: offset, as: UInt32.self)
            offset &+= 4
        }
    }
}
