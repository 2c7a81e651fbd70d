import BPFModel

/// A map of targets to redirect to, by number: interfaces (`devmap`, `devmap_hash`) or processors (`cpumap`).
///
/// A value is the target's number, or for processors the length of its queue, and where values have 8 bytes, a
/// program that runs there. What the numbers mean is the host's affair: any number but 0 is taken.
@safe struct TargetMap: MapKind {
    private let cells: CellTable
    private let spec: MapSpec

    /// The longest queue of a processor.
    private static let longestQueue: UInt32 = 16384
    /// The most processors, by Linux's largest configuration.
    private static let mostProcessors = 8192

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkSizes(key: 4, values: [4, 8])
        try spec.checkExtra(0...0)
        if spec.type == .cpumap {
            try spec.checkFlags([.numaNode])
            guard spec.maxEntries <= Self.mostProcessors else {
                throw .tooLarge("number of entries", spec.maxEntries, limit: Self.mostProcessors)
            }
        } else {
            try spec.checkFlags([.readOnly, .writeOnly, .numaNode])
        }
        self.spec = spec
        var functions = unsafe MapFunctions()
        unsafe functions.lookup = { map, key, _ in
            guard let cell = unsafe CellHeader.find(map, key) else { return nil }
            return unsafe UInt32(truncatingIfNeeded: CellHeader.load(cell)) == 0 ? nil : cell
        }
        cells = try unsafe CellTable(spec, keyed: spec.type == .devmapHash, functions, options)
    }

    var memory: MapMemory { cells.memory }
    var values: MapValues { cells.values }
    var userValueSize: Int { spec.valueSize }
    var count: Int { cells.count }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let word = cells.word(of: key)
        guard UInt32(truncatingIfNeeded: word) != 0 else { throw .noEntry }
        return (0..<spec.valueSize).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        let word = value.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let number = UInt32(truncatingIfNeeded: word)
        guard let mode = UpdateMode(rawValue: flags) else { throw .invalid }
        // There are no descriptors here to name a program with; -1 and 0 say that there is none.
        let namesProgram = Int32(truncatingIfNeeded: word >> 32) > 0
        if spec.type == .devmapHash { return try updateHash(key, number, mode, namesProgram) }
        if cells.isPastEnd(key) { throw .tooBig }
        if mode == .noExist { throw .exists }
        if spec.type == .cpumap, number > Self.longestQueue { throw .overflow }
        if namesProgram, number != 0 || spec.type == .devmap { throw .invalid }
        _ = try cells.set(key, UInt64(number))
    }

    /// Replaces where there is nothing to replace, too, as Linux does.
    private func updateHash(
        _ key: [UInt8], _ number: UInt32, _ mode: UpdateMode, _ namesProgram: Bool
    ) throws(Errno) {
        guard number != 0, !namesProgram else { throw .invalid }
        if mode == .noExist, cells.word(of: key) != 0 { throw .exists }
        _ = try cells.set(key, UInt64(number))
    }

    func delete(_ key: [UInt8]) throws(Errno) {
        if cells.isPastEnd(key) { throw .invalid }
        _ = try cells.clear(key)
    }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try cells.nextKey(after: key) }

    /// The targets there are.
    func entries() throws(Errno) -> MapEntries {
        var result = MapEntries(keySize: 4, valueSize: spec.valueSize, capacity: 0)
        for key in try cells.used() {
            guard let value = try? lookup(key, 0) else { continue }
            result.keys += key
            result.values += value
        }
        return result
    }
}
