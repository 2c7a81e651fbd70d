/// A map before it is made: an inert value.
public struct MapSpec: Hashable, Sendable {
    /// A name for people; may be empty.
    public var name: String
    /// The kind of map.
    public var type: MapType
    /// The length of a key in bytes.
    public var keySize: Int
    /// The length of a value in bytes.
    public var valueSize: Int
    /// How many entries the map has room for; for a ring buffer, its bytes.
    public var maxEntries: Int
    /// Creation flags.
    public var flags: MapFlags
    /// What else a kind takes: for a bloom filter, the number of hashes; Linux's `map_extra`.
    public var extra: UInt64 = 0
    /// Where in the value a `struct bpf_spin_lock` lies, in bytes; nil where there is none.
    public var spinLock: Int?
    /// The bytes of all values where users can't change them any more and programs never could: programs may rely
    /// on them, as on those of a frozen `.rodata`.
    public var constants: [UInt8]?

    /// What the bytes of a key mean to people, where that is known; programs don't care.
    public var keyLayout: ValueLayout?
    /// What the bytes of a value mean to people, where that is known; programs don't care.
    public var valueLayout: ValueLayout?

    /// The one map that a map of maps has as its pattern.
    private var pattern: [MapSpec] = []

    /// What the maps in a map of maps are like; nil in all others.
    public var inner: MapSpec? {
        get { pattern.first }
        set { pattern = newValue.map { [$0] } ?? [] }
    }

    /// Makes a specification from its parts.
    public init(
        name: String = "", type: MapType, keySize: Int, valueSize: Int, maxEntries: Int, flags: MapFlags = [],
        inner: MapSpec? = nil
    ) {
        self.name = name
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        self.flags = flags
        self.inner = inner
    }
}
