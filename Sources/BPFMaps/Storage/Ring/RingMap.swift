import BPFModel

/// A ring buffer: one ring of records that all workers write and one reader empties.
@safe struct RingMap: MapKind {
    let memory: MapMemory
    let rings = RecordRings()
    private let buffer: RingBuffer

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkFlags([.numaNode])
        try spec.checkSizes(key: 0, values: [0])
        try spec.checkExtra(0...0)
        try spec.checkRing()
        guard let buffer = rings.add(nil, bytes: spec.maxEntries) else { throw .noMemory(bytes: spec.maxEntries) }
        self.buffer = buffer
        memory = try unsafe MapMemory(spec, MapFunctions(), bytes: 0, options)
        unsafe RingHeader.at(memory.base).initialize(to: RingHeader(ring: buffer.address))
    }

    var values: MapValues { .none }
    /// The records that programs may have addresses of.
    var records: (base: UInt64, size: UInt64) { buffer.records }
    var userValueSize: Int { 0 }
    /// How many bytes are to be read, with the records' headers.
    var count: Int { Int(truncatingIfNeeded: buffer.query(0)) }

    func query(_ what: UInt64) -> UInt64 { buffer.query(what) }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) { throw .unsupported }
    func delete(_ key: [UInt8]) throws(Errno) { throw .unsupported }
    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { throw .unsupported }
}

/// Where a ring buffer's ring is: behind the map's header.
@unsafe package struct RingHeader {
    var ring: UInt64

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<RingHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: RingHeader.self)
    }

    /// The ring of a ring buffer.
    @inline(__always)
    package static func ring(of map: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
        // Rings are never at 0.
        unsafe UnsafeMutableRawPointer(bitPattern: UInt(at(map).pointee.ring)).unsafelyUnwrapped
    }
}

extension MapSpec {
    /// Checks that a ring has a power of two of bytes, and whole pages.
    func checkRing() throws(MapError) {
        guard maxEntries >= RingRegion.page, maxEntries <= Self.largestCapacity, maxEntries & (maxEntries - 1) == 0
        else { throw .ringSize(maxEntries) }
    }
}

extension MapError {
    static func ringSize(_ size: Int) -> MapError {
        MapError(
            errno: .invalid,
            reason: "size of a ring is \(size) bytes, must be a power of two from \(RingRegion.page) to "
                + "\(MapSpec.largestCapacity)")
    }
}
