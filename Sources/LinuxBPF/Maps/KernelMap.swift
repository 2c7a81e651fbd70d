public import BPFModel

/// A map in the kernel; it goes with its last reference.
public final class KernelMap: Sendable {
    /// The descriptor that programs and calls name the map with.
    public let descriptor: KernelDescriptor
    /// The kind, by Linux's number.
    public let type: UInt32
    /// The length of a key in bytes; 0 for queues and stacks.
    public let keySize: Int
    /// The length of a value in bytes, as the map was made with.
    public let valueSize: Int
    /// How many entries the map has room for.
    public let maxEntries: Int

    /// Makes a map.
    ///
    /// - Parameters:
    ///   - type: the kind, by Linux's number.
    ///   - keySize: the length of a key in bytes.
    ///   - valueSize: the length of a value in bytes.
    ///   - maxEntries: how many entries it has room for; bytes for ring buffers.
    ///   - flags: `BPF_F_*` of map creation.
    ///   - extra: what some kinds take besides, such as a Bloom filter's number of hash functions.
    ///   - name: at most 15 letters, digits, dots and underscores.
    ///   - inner: for maps of maps, a map like those in it.
    ///   - types: what the key and the value are; needed where values have spin locks or timers.
    /// - Throws: ``KernelError`` with Linux's error number.
    public init(
        type: UInt32, keySize: Int, valueSize: Int, maxEntries: Int, flags: UInt32 = 0, extra: UInt64 = 0,
        name: String = "", inner: KernelMap? = nil, types: KernelTypes.Entry? = nil
    ) throws(KernelError) {
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        var arguments = Arguments()
        arguments[word: 0] = type
        arguments[word: 4] = UInt32(truncatingIfNeeded: keySize)
        arguments[word: 8] = UInt32(truncatingIfNeeded: valueSize)
        arguments[word: 12] = UInt32(truncatingIfNeeded: maxEntries)
        arguments[word: 16] = flags
        if let inner { arguments[word: 20] = inner.number }
        arguments.setName(name, at: 28)
        if let types {
            arguments[word: 48] = types.types.number
            arguments[word: 52] = types.key
            arguments[word: 56] = types.value
        }
        arguments[double: 64] = extra
        descriptor = KernelDescriptor(
            try KernelError.naming("map create") { () throws(Errno) in try arguments.call(.createMap) })
    }

    /// Makes the map of a specification.
    ///
    /// - Parameters:
    ///   - spec: the map.
    ///   - inner: for maps of maps, a map like those in it.
    ///   - types: what the key and the value are; needed where values have spin locks.
    /// - Throws: ``KernelError`` with Linux's error number.
    public convenience init(
        _ spec: MapSpec, inner: KernelMap? = nil, types: KernelTypes.Entry? = nil
    ) throws(KernelError) {
        try self.init(
            type: spec.type.rawValue, keySize: spec.keySize, valueSize: spec.valueSize, maxEntries: spec.maxEntries,
            flags: spec.flags.rawValue, extra: spec.extra, name: spec.name, inner: inner, types: types)
    }

    /// The descriptor, as arguments hold it.
    var number: UInt32 { UInt32(bitPattern: descriptor.number) }

    /// The length of a value as calls exchange it: for per-CPU kinds, one of a multiple of 8 bytes for each CPU.
    public var exchangedValueSize: Int {
        Self.perCPU.contains(type) ? (valueSize + 7) / 8 * 8 * KernelBPF.possibleCPUs : valueSize
    }

    /// The kinds with a value for each CPU: percpu_hash, percpu_array, lru_percpu_hash, percpu_cgroup_storage.
    private static let perCPU: Set<UInt32> = [5, 6, 10, 21]
}
