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
    /// How many entries the map has room for.
    public var maxEntries: Int
    /// Creation flags.
    public var flags: MapFlags

    /// Makes a specification from its parts.
    public init(
        name: String = "", type: MapType, keySize: Int, valueSize: Int, maxEntries: Int, flags: MapFlags = []
    ) {
        self.name = name
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        self.flags = flags
    }
}

/// How a map is made.
///
/// Numbers are Linux's `BPF_F_*` of `BPF_MAP_CREATE`.
public struct MapFlags: OptionSet, Hashable, Sendable {
    /// The flag bits.
    public var rawValue: UInt32

    /// Wraps flag bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Entries take memory when they are made, not when the map is.
    public static let noPreallocation = MapFlags(rawValue: 1 << 0)
    /// Users may only read.
    public static let readOnly = MapFlags(rawValue: 1 << 3)
    /// Users may only write.
    public static let writeOnly = MapFlags(rawValue: 1 << 4)
    /// Programs may only read.
    public static let readOnlyForPrograms = MapFlags(rawValue: 1 << 7)
    /// Programs may only write.
    public static let writeOnlyForPrograms = MapFlags(rawValue: 1 << 8)
}

/// What an update does where the key exists, or doesn't.
///
/// Numbers are Linux's `BPF_ANY` and so on.
public enum UpdateMode: UInt64, Hashable, Sendable, CaseIterable {
    /// Make the entry or replace it.
    case any = 0
    /// Make the entry; `EEXIST` where there is one.
    case noExist = 1
    /// Replace the entry; `ENOENT` where there is none.
    case exist = 2
}
