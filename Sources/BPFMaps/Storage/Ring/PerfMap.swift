import BPFModel

/// A perf event array: a ring of records for each worker, which the host opens.
@safe struct PerfMap: MapKind {
    private let cells: CellTable
    private let spec: MapSpec
    let rings = RecordRings()

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkSizes(key: 4, values: [4])
        try spec.checkFlags([.readOnly, .writeOnly, .numaNode, .preserveElements])
        try spec.checkExtra(0...0)
        self.spec = spec
        cells = try unsafe CellTable(spec, keyed: false, MapFunctions(), options)
    }

    var memory: MapMemory { cells.memory }
    var values: MapValues { .none }
    var userValueSize: Int { 4 }
    var count: Int { cells.count }

    /// Opens the ring of a worker that has none.
    ///
    /// - Throws: `E2BIG` for a worker past the end, `EINVAL` for a size no ring has, `ENOMEM` for want of memory.
    func open(_ worker: UInt32, bytes: Int) throws(Errno) {
        let key = ArrayKeys.key(of: Int(worker))
        if cells.isPastEnd(key) { throw .tooBig }
        guard bytes >= RingRegion.page, bytes <= MapSpec.largestCapacity, bytes & (bytes - 1) == 0 else {
            throw .invalid
        }
        if cells.word(of: key) != 0 { return }
        guard let ring = rings.add(worker, bytes: bytes) else { throw .noMemory }
        _ = try cells.set(key, ring.address)
        rings.wake()
    }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }

    /// There are no descriptors here to name events with: ``Map/openRecords(workers:bytes:)`` makes the rings.
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        guard flags == 0 else { throw .invalid }
        if cells.isPastEnd(key) { throw .tooBig }
        throw .badDescriptor
    }

    /// Stops the records of a worker, whose ring stays to be read.
    func delete(_ key: [UInt8]) throws(Errno) {
        if cells.isPastEnd(key) { throw .tooBig }
        guard try cells.clear(key) != 0 else { throw .noEntry }
    }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try cells.nextKey(after: key) }
}
