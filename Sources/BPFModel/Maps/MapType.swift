/// The kinds of map.
///
/// Numbers are Linux's `enum bpf_map_type`.
public enum MapType: UInt32, Hashable, Sendable, CaseIterable {
    /// Entries found by a key of any bytes.
    case hash = 1
    /// A fixed number of values found by a 32-bit index.
    case array = 2

    /// The name Linux's tools print, such as `hash`.
    public var name: String {
        switch self {
        case .hash: "hash"
        case .array: "array"
        }
    }
}
