import BPFModel

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

extension MapKind {
    /// All values of a kind whose keys are indices.
    func arrayEntries() throws(Errno) -> MapEntries {
        var result = MapEntries(keySize: 4, valueSize: userValueSize, capacity: count)
        for index in 0..<count {
            let key = ArrayKeys.key(of: index)
            result.keys += key
            result.values += try lookup(key, 0)
        }
        return result
    }
}
