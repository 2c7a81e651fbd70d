public import BPFModel
import Synchronization

/// A map: entries that programs and users share, at addresses that never change.
///
/// Made once with all the room it will ever need, which costs memory only where entries are. Programs reach it by
/// its ``address`` without locks; these functions are the user's side, as Linux's `bpf(2)` has it.
public final class Map: Sendable {
    /// The map's number: no other map of the process ever has it.
    public let id: UInt32
    private static let nextID = Atomic<UInt32>(0)
    /// What the map was made from.
    public let spec: MapSpec
    let kind: any MapKind
    private let freezing: Freezing
    /// Whether programs hold the map by this object, which then counts for nothing (``programSide``).
    private let isProgramSide: Bool

    /// Makes a map.
    ///
    /// - Throws: ``MapError`` for sizes Linux refuses (`EINVAL`, `E2BIG`) and for want of memory (`ENOMEM`).
    public init(_ spec: MapSpec, options: MapOptions = MapOptions()) throws(MapError) {
        guard let type = spec.type.kind else { throw .unsupported(spec.type) }
        guard options.workers >= 1 else { throw .workers(options.workers) }
        self.spec = spec
        kind = try type.init(spec, options)
        id = Map.nextID.wrappingAdd(1, ordering: .relaxed).newValue
        freezing = Freezing()
        isProgramSide = false
    }

    private init(sideOf map: Map) {
        spec = map.spec
        kind = map.kind
        id = map.id
        freezing = map.freezing
        isProgramSide = true
    }

    /// The map as programs hold it.
    ///
    /// A `prog_array` and the programs in it may hold each other. As in Linux, programs don't count there: when the last
    /// user lets go of the map, its slots are emptied.
    package var programSide: Map { spec.type == .progArray ? Map(sideOf: self) : self }

    deinit {
        if spec.type == .progArray, !isProgramSide { (kind as? ObjectMap)?.clear() }
    }

    /// How many entries the map has; an array always has all of them.
    public var count: Int { kind.count }

    /// The length of the values these functions take and give, in bytes.
    ///
    /// In per-CPU maps a value is every worker's, one after the other, each rounded up to 8 bytes.
    public var valueSize: Int { kind.userValueSize }

    /// Stops changes by users for ever; programs may go on.
    ///
    /// - Throws: `EPERM` where users can't change the map anyway.
    public func freeze() throws(Errno) {
        try checkWritable()
        freezing.isFrozen.store(true, ordering: .relaxed)
    }

    /// The value of a key.
    ///
    /// - Parameters:
    ///   - key: the key; empty for kinds without keys.
    ///   - flags: 4, Linux's `BPF_F_LOCK`, to read the value under the spin lock in it; else 0.
    /// - Throws: `ENOENT` where the key is absent, `EINVAL` for a key of the wrong length and for other flags, `EPERM`
    ///   on a write-only map.
    public func lookup(_ key: [UInt8], flags: UInt64 = 0) throws(Errno) -> [UInt8] {
        guard flags & ~ValueLock.flag == 0 else { throw .invalid }
        try checkReadable()
        try check(key, flags)
        return try kind.lookup(key, flags)
    }

    /// Makes or replaces an entry.
    ///
    /// - Throws: `EEXIST` or `ENOENT` as `mode` asks, `E2BIG` where a hash is full or an index is past the end of an
    ///   array, `EINVAL` for wrong lengths, `EPERM` on a frozen or read-only map.
    public func update(_ key: [UInt8], _ value: [UInt8], mode: UpdateMode = .any) throws(Errno) {
        try update(key, value, flags: mode.rawValue)
    }

    /// Makes or replaces an entry, with the flags of `BPF_MAP_UPDATE_ELEM`.
    ///
    /// With 4, `BPF_F_LOCK`, an entry that exists is changed in place, under the spin lock in its value.
    ///
    /// - Throws: what ``update(_:_:mode:)`` throws; `EINVAL` for unknown flags.
    public func update(_ key: [UInt8], _ value: [UInt8], flags: UInt64) throws(Errno) {
        try checkWritable()
        try check(key, flags)
        guard value.count == valueSize else { throw .invalid }
        try kind.update(key, value, flags)
    }

    /// Removes an entry.
    ///
    /// - Throws: `ENOENT` where the key is absent, `EINVAL` on an array, `EPERM` on a frozen or read-only map.
    public func delete(_ key: [UInt8]) throws(Errno) {
        try checkWritable()
        try check(key)
        try kind.delete(key)
    }

    /// Removes an entry and gives its value, in one step: `BPF_MAP_LOOKUP_AND_DELETE_ELEM`.
    ///
    /// - Throws: what ``lookup(_:flags:)`` and ``delete(_:)`` throw; `ENOTSUPP` on a map of another kind than hashes,
    ///   queues and stacks.
    public func take(_ key: [UInt8], flags: UInt64 = 0) throws(Errno) -> [UInt8] {
        guard flags & ~ValueLock.flag == 0 else { throw .invalid }
        try checkReadable()
        try checkWritable()
        try check(key, flags)
        return try kind.take(key, flags)
    }

    /// The key after `key` in the map's own order; the first key after nil, and after a key that is absent.
    ///
    /// - Throws: `ENOENT` after the last key.
    public func nextKey(after key: [UInt8]? = nil) throws(Errno) -> [UInt8] {
        try checkReadable()
        if let key { try check(key) }
        return try kind.nextKey(after: key)
    }

    /// All entries: none missing that was there throughout, none twice, each as it was at one moment.
    ///
    /// Writers wait only where the walk is. Values that programs change in place are as they are when they are copied.
    ///
    /// - Throws: `EPERM` on a write-only map.
    public func entries() throws(Errno) -> MapEntries {
        try checkReadable()
        return try kind.entries()
    }

    func check(_ key: [UInt8], _ flags: UInt64 = 0) throws(Errno) {
        if flags & ValueLock.flag != 0, spec.spinLock == nil { throw .invalid }
        guard key.count == spec.keySize else { throw .invalid }
    }

    func checkReadable() throws(Errno) {
        if spec.flags.contains(.writeOnly) { throw .notPermitted }
    }

    func checkWritable() throws(Errno) {
        if spec.flags.contains(.readOnly) || freezing.isFrozen.load(ordering: .relaxed) { throw .notPermitted }
    }
}

extension Map {
    /// What programs hold as the map: valid while the map lives.
    package var address: UInt64 { kind.memory.address }

    /// Where the map's values lie.
    package var values: MapValues { kind.values }
}

/// Whether users may change a map no more.
private final class Freezing: Sendable {
    let isFrozen = Atomic(false)
}
