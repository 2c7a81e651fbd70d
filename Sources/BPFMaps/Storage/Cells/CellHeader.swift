import Synchronization

/// How the cells of a map are found: behind the map's header.
@unsafe package struct CellHeader {
    /// The hash whose values are the cells; the map itself where they are found by index.
    var table: UnsafeMutableRawPointer
    /// Finds the address of a cell in the table, or nil.
    var find: MapFunctions.Lookup

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<CellHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: CellHeader.self)
    }

    /// The address of a key's cell, or nil.
    @inline(__always)
    static func find(_ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer) -> UnsafeMutableRawPointer? {
        unsafe at(map).pointee.find(at(map).pointee.table, key, 0)
    }

    /// What is at an index of a map that holds programs: what was put there, or nil; for tail calls.
    @inline(__always)
    package static func object(_ map: UnsafeMutableRawPointer, at index: UInt32) -> UnsafeMutableRawPointer? {
        guard unsafe Int(index) < MapHeader.at(map).pointee.capacity else { return nil }
        let word = unsafe load(map + MapHeader.reserved + Int(index) &* 8)
        return unsafe UnsafeMutableRawPointer(bitPattern: UInt(word))
    }

    @inline(__always)
    static func load(_ cell: UnsafeMutableRawPointer) -> UInt64 {
        unsafe cell.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring)
    }

    static func exchange(_ cell: UnsafeMutableRawPointer, _ word: UInt64) -> UInt64 {
        unsafe cell.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.exchange(
            word, ordering: .acquiringAndReleasing)
    }
}
