import BPFModel

/// Where the values of an array are, behind the map's header.
@unsafe struct ArrayHeader {
    var values: UnsafeMutableRawPointer
    /// The distance from one value to the next, in bytes.
    var stride: Int
    /// How many workers have values of their own, and how far apart one's values are from the next one's.
    var workers: UInt32 = 1
    var workerStride = 0
    /// Where in its value a spin lock is that updates leave alone; -1 where there is none.
    var spinLock: Int32 = -1

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<ArrayHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: ArrayHeader.self)
    }

    /// The locks of those who write and copy whole values, shared by many indices, each on a cache line of its own.
    static func lock(_ map: UnsafeMutableRawPointer, _ index: Int) -> UnsafeMutableRawPointer {
        unsafe map + MapHeader.reserved / 2 + (index & 31) * 64
    }
}
