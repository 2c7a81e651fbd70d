/// The constants of a hash table, behind the map's header: all that its functions need, on one cache line.
@unsafe struct HashHeader {
    /// The control words of the groups, and their number.
    var control: UnsafeMutableRawPointer
    var groups: UInt64
    var seeds: HashSeeds
    /// The first entry, the distance from one to the next, and where in an entry the value is.
    var entries: UnsafeMutableRawPointer
    var stride: Int
    var valueOffset: Int
    var keySize: Int
    var valueSize: Int
    var capacity: Int

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<HashHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: HashHeader.self)
    }
}
