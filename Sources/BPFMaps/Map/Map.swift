public import BPFModel
import Synchronization

/// A map: entries that programs and users share, at addresses that never change.
///
/// Made once with all the room it will ever need, which costs memory only where entries are. Programs reach it by
/// its ``address`` without locks; these functions are the user's side, as Linux's `bpf(2)` has it.
public final class Map: Sendable {
    /// What the map was made from.
    public let spec: MapSpec
    private let storage: MapStorage
    private let frozen = Atomic(false)

    /// Makes a map.
    ///
    /// - Throws: ``MapError`` for sizes Linux refuses (`EINVAL`, `E2BIG`) and for want of memory (`ENOMEM`).
    public init(_ spec: MapSpec, options: MapOptions = MapOptions()) throws(MapError) {
        self.spec = spec
        storage = try MapStorage(spec, MapGeometry(spec), options)
    }

    /// How many entries the map has; an array always has all of them.
    public var count: Int { storage.count }

    /// Stops changes by users for ever; programs may go on.
    public func freeze() { frozen.store(true, ordering: .relaxed) }

    /// The value of a key.
    ///
    /// - Throws: `ENOENT` where the key is absent, `EINVAL` for a key of the wrong length, `EPERM` on a write-only map.
    public func lookup(_ key: [UInt8]) throws(Errno) -> [UInt8] {
        try checkReadable()
        try check(key)
        guard let value = storage.value(of: key) else { throw .noEntry }
        return value
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
    /// - Throws: what ``update(_:_:mode:)`` throws; `EINVAL` for unknown flags.
    public func update(_ key: [UInt8], _ value: [UInt8], flags: UInt64) throws(Errno) {
        try checkWritable()
        try check(key)
        guard value.count == spec.valueSize else { throw .invalid }
        try Self.raise(storage.update(key, value, flags))
    }

    /// Removes an entry.
    ///
    /// - Throws: `ENOENT` where the key is absent, `EINVAL` on an array, `EPERM` on a frozen or read-only map.
    public func delete(_ key: [UInt8]) throws(Errno) {
        try checkWritable()
        try check(key)
        try Self.raise(storage.delete(key))
    }

    /// The key after `key` in the map's own order; the first key after nil, and after a key that is absent.
    ///
    /// - Throws: `ENOENT` after the last key.
    public func nextKey(after key: [UInt8]? = nil) throws(Errno) -> [UInt8] {
        try checkReadable()
        if let key { try check(key) }
        guard let next = storage.nextKey(after: key) else { throw .noEntry }
        return next
    }

    /// All entries at one moment between two changes: nothing missing, nothing twice.
    ///
    /// Writers wait meanwhile. Values that programs change in place are as they are when they are copied.
    ///
    /// - Throws: `EPERM` on a write-only map.
    public func entries() throws(Errno) -> MapEntries {
        try checkReadable()
        return storage.entries()
    }

    private func check(_ key: [UInt8]) throws(Errno) {
        guard key.count == spec.keySize else { throw .invalid }
    }

    private func checkReadable() throws(Errno) {
        if spec.flags.contains(.writeOnly) { throw .notPermitted }
    }

    private func checkWritable() throws(Errno) {
        if spec.flags.contains(.readOnly) || frozen.load(ordering: .relaxed) { throw .notPermitted }
    }

    private static func raise(_ result: Int64) throws(Errno) {
        if result < 0 { throw Errno(rawValue: Int32(truncatingIfNeeded: -result)) }
    }
}

extension Map {
    /// What programs hold as the map: valid while the map lives.
    package var address: UInt64 { storage.address }

    /// Where the map's values lie.
    package var values: MapValues { storage.values }
}

/// Where a map's values lie in memory: one in each of many slots.
package struct MapValues: Hashable, Sendable {
    /// The address of the first slot's value.
    package let base: UInt64
    /// The distance from one value to the next, in bytes.
    package let stride: UInt64
    /// The length of a value in bytes.
    package let size: UInt64
    /// How many slots there are.
    package let slots: UInt64

    /// The offset in its value of an address, or nil where the address is in no value.
    package func offset(of address: UInt64) -> UInt64? {
        guard address >= base, (address - base) / stride < slots else { return nil }
        let offset = (address - base) % stride
        return offset < size ? offset : nil
    }
}
