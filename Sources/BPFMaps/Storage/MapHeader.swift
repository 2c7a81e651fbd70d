import Synchronization

/// What lies at a map's address: its functions and its sizes, constant once the map is made.
///
/// Programs hold this address as the map. Nothing here is an object, so that a helper reaches the map without
/// counting references. A kind keeps what else its functions need at ``kindOffset``, and its tables behind
/// ``reserved``.
@unsafe package struct MapHeader {
    /// First, so that the map's address is theirs.
    package var functions: MapFunctions
    package var keySize: Int
    package var valueSize: Int
    /// How many entries the map may have.
    var capacity: Int

    /// Where the words that change begin: a cache line of their own.
    static var mutableOffset: Int { 128 }
    /// Where a kind's own header begins, in bytes.
    static var kindOffset: Int { 256 }
    /// The size of the headers, in bytes; what follows is the kind's.
    static var reserved: Int { 4096 }

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MapHeader> {
        unsafe map.assumingMemoryBound(to: MapHeader.self)
    }

    /// How many entries the map has, where the kind counts them.
    @inline(__always)
    static func count(_ map: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<Int>> {
        unsafe UnsafePointer((map + mutableOffset + 8).assumingMemoryBound(to: Atomic<Int>.self))
    }
}
