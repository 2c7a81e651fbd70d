import BPFModel

/// Where the values of an array are: behind the map's header.
@unsafe struct ArrayHeader {
    var values: UnsafeMutableRawPointer
    /// The distance from one value to the next, in bytes.
    var stride: Int
    /// How many workers have values of their own, and how far apart one's values are from the next one's.
    var workers: UInt32
    var workerStride: Int

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<ArrayHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: ArrayHeader.self)
    }
}

/// The keys of kinds whose keys are indices.
enum ArrayKeys {
    /// The key of an index: 32 bits in the machine's order.
    static func key(of index: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) } }

    /// The index of a key of 4 bytes.
    static func index(of key: [UInt8]) -> Int { key.reversed().reduce(0) { $0 << 8 | Int($1) } }

    /// The key after another, as Linux goes through arrays.
    static func next(after key: [UInt8]?, _ count: Int) throws(Errno) -> [UInt8] {
        guard let key, index(of: key) < count else { return Self.key(of: 0) }
        guard index(of: key) + 1 < count else { throw .noEntry }
        return Self.key(of: index(of: key) + 1)
    }

    /// The next step of a program's walk.
    static func step(
        _ map: UnsafeMutableRawPointer, _ walk: UnsafeMutableRawPointer, _ worker: UInt32
    ) -> UnsafeMutableRawPointer? {
        let walk = unsafe MapWalk.at(walk)
        guard unsafe walk.pointee.position < MapHeader.at(map).pointee.capacity else { return nil }
        unsafe walk.pointee.index = UInt32(truncatingIfNeeded: walk.pointee.position)
        unsafe walk.pointee.position &+= 1
        let key = unsafe UnsafeRawPointer(walk) + (MemoryLayout<MapWalk>.offset(of: \.index) ?? 0)
        unsafe walk.pointee.key = key
        return unsafe MapHeader.at(map).pointee.functions.lookup(map, key, worker)
    }
}
