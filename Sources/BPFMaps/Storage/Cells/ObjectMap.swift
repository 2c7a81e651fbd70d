import BPFModel

/// A map whose values are objects: maps (`array_of_maps`, `hash_of_maps`) or programs (`prog_array`).
@safe struct ObjectMap: MapKind {
    private let cells: CellTable
    private let spec: MapSpec
    let objects = HeldObjects()

    init(_ spec: MapSpec, _ options: MapOptions) throws(MapError) {
        try spec.checkCapacity()
        try spec.checkExtra(0...0)
        let keyed = spec.type == .hashOfMaps
        if keyed {
            try spec.checkKeySize()
            try spec.checkSizes(key: spec.keySize, values: [4])
            try spec.checkFlags(MapSpec.accessFlags.union([.noPreallocation, .numaNode, .zeroSeed]))
        } else {
            try spec.checkSizes(key: 4, values: [4])
            try spec.checkFlags([.readOnly, .writeOnly, .numaNode])
        }
        if spec.type.holdsMaps { try spec.checkInner() }
        self.spec = spec
        var functions = unsafe MapFunctions()
        if spec.type.holdsMaps {
            unsafe functions.lookup = { map, key, _ in
                guard let cell = unsafe CellHeader.find(map, key) else { return nil }
                return unsafe UnsafeMutableRawPointer(bitPattern: UInt(CellHeader.load(cell)))
            }
        }
        cells = try unsafe CellTable(spec, keyed: keyed, functions, options)
    }

    var memory: MapMemory { cells.memory }
    var values: MapValues { .none }
    var userValueSize: Int { 4 }
    var count: Int { cells.count }

    /// The object's number.
    func lookup(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] {
        let number = try object(at: key).number
        return (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    /// The object of a key.
    func object(at key: [UInt8]) throws(Errno) -> HeldObject {
        guard let object = objects.object(at: cells.word(of: key)) else { throw .noEntry }
        return object
    }

    /// There are no descriptors here to name objects with: ``Map/update(_:_:mode:)-swift.method`` takes them as they are.
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        if spec.type != .hashOfMaps {
            guard flags == 0 else { throw .invalid }
            if cells.isPastEnd(key) { throw .tooBig }
        }
        throw .badDescriptor
    }

    /// Puts an object into a slot.
    ///
    /// - Throws: `EINVAL` where it isn't what the map holds, and what Linux throws for the key and the flags.
    func update(_ key: [UInt8], _ object: HeldObject, _ flags: UInt64) throws(Errno) {
        if spec.type == .hashOfMaps {
            guard accepts(object), let mode = UpdateMode(rawValue: flags) else { throw .invalid }
            let exists = cells.word(of: key) != 0
            if mode == .noExist, exists { throw .exists }
            if mode == .exist, !exists { throw .noEntry }
        } else {
            guard flags == 0 else { throw .invalid }
            if cells.isPastEnd(key) { throw .tooBig }
            guard accepts(object) else { throw .invalid }
        }
        // Held before programs can find it, and let go of after they can't any more.
        objects.add(object)
        do throws(Errno) {
            objects.remove(try cells.set(key, object.address))
        } catch {
            objects.remove(object.address)
            throw error
        }
    }

    private func accepts(_ object: HeldObject) -> Bool {
        switch object {
        case .map(let map): spec.inner?.isPattern(of: map.spec) ?? false
        case .program(let program): spec.type == .progArray && objects.accept(program.callers)
        }
    }

    func delete(_ key: [UInt8]) throws(Errno) {
        if cells.isPastEnd(key) { throw .tooBig }
        let old = try cells.clear(key)
        guard old != 0 else { throw .noEntry }
        objects.remove(old)
    }

    func take(_ key: [UInt8], _ flags: UInt64) throws(Errno) -> [UInt8] { throw .unsupported }
    func nextKey(after key: [UInt8]?) throws(Errno) -> [UInt8] { try cells.nextKey(after: key) }

    /// The keys that have an object, with its number.
    func entries() throws(Errno) -> MapEntries {
        var result = MapEntries(keySize: spec.keySize, valueSize: 4, capacity: 0)
        for key in try cells.used() {
            guard let value = try? lookup(key, 0) else { continue }
            result.keys += key
            result.values += value
        }
        return result
    }

    /// Empties every slot.
    func clear() {
        for key in (try? cells.used()) ?? [] { try? delete(key) }
    }
}

extension MapSpec {
    /// Checks that there is a pattern for maps of maps, and one that Linux allows.
    func checkInner() throws(MapError) {
        guard let inner else { throw .noPattern(type) }
        if inner.type.holdsMaps { throw .nestedPattern(type, inner.type) }
        if inner.type == .progArray { throw .programsInside(type) }
    }

    /// Whether a map may be in a map of maps that has this one as its pattern.
    ///
    /// Source: Linux, `bpf_map_meta_equal` and `array_map_meta_equal`.
    func isPattern(of map: MapSpec) -> Bool {
        let own: MapFlags = [.readOnly, .writeOnly]
        let isSized = type == .array && !flags.contains(.innerMap)
        let sameSize = !isSized || maxEntries == map.maxEntries
        return type == map.type && keySize == map.keySize && valueSize == map.valueSize && sameSize
            && flags.subtracting(own) == map.flags.subtracting(own) && spinLock == map.spinLock
    }
}

extension MapError {
    static func noPattern(_ type: MapType) -> MapError {
        MapError(errno: .invalid, reason: "\(type.name) needs an inner map as the pattern of those it will hold")
    }

    static func nestedPattern(_ type: MapType, _ inner: MapType) -> MapError {
        MapError(errno: .invalid, reason: "\(type.name) can't hold maps of type \(inner.name): maps nest only once")
    }

    static func programsInside(_ type: MapType) -> MapError {
        MapError(errno: .unsupported, reason: "\(type.name) can't hold maps of type prog_array")
    }
}
