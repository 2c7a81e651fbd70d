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
    /// Each worker of an LRU map drops its own entries.
    public static let noCommonLRU = MapFlags(rawValue: 1 << 1)
    /// Memory comes from one NUMA node.
    public static let numaNode = MapFlags(rawValue: 1 << 2)
    /// Users may only read.
    public static let readOnly = MapFlags(rawValue: 1 << 3)
    /// Users may only write.
    public static let writeOnly = MapFlags(rawValue: 1 << 4)
    /// The hash's seed is 0: the order of keys is the same in every run.
    public static let zeroSeed = MapFlags(rawValue: 1 << 6)
    /// Programs may only read.
    public static let readOnlyForPrograms = MapFlags(rawValue: 1 << 7)
    /// Programs may only write.
    public static let writeOnlyForPrograms = MapFlags(rawValue: 1 << 8)
    /// Users may map the values into their memory.
    public static let mappable = MapFlags(rawValue: 1 << 10)
    /// Perf events stay when the descriptor they came through is closed.
    public static let preserveElements = MapFlags(rawValue: 1 << 11)
    /// An inner map may have another number of entries than the one its outer map was made with.
    public static let innerMap = MapFlags(rawValue: 1 << 12)
}
