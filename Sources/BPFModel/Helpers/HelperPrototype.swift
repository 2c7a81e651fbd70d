/// What a helper is called with and what it returns: one row of the helper table.
public struct HelperPrototype: Hashable, Sendable {
    /// The number programs call it by, as in Linux's `enum bpf_func_id`.
    public let id: Int32
    /// The name, such as `bpf_map_lookup_elem`.
    public let name: String
    /// What each argument must be, from `r1` on; at most five.
    public let arguments: [Argument]
    /// What `r0` holds afterwards.
    public let result: Result
    /// The program types that may call it.
    public let programTypes: Set<ProgramType>
    /// Whether only programs with a GPL-compatible licence may call it.
    public let needsGPL: Bool
    /// Whether it may move or change the packet, so that packet pointers are stale afterwards.
    public let changesPacket: Bool

    /// What an argument must be.
    public enum Argument: Hashable, Sendable {
        /// Any initialised value.
        case anything
        /// The program's context.
        case context
        /// A map, named by a 64-bit immediate load.
        case map
        /// Readable memory as long as the map's keys.
        case mapKey
        /// Readable memory as long as the map's values.
        case mapValue
        /// Readable memory; the next argument is its size in bytes.
        case readableMemory
        /// Memory the helper fills, initialised or not; the next argument is its size in bytes.
        case writableMemory
        /// The size of the memory before it, at least 1.
        case size
        /// The size of the memory before it, possibly 0.
        case sizeOrZero
    }

    /// What `r0` holds after the call.
    public enum Result: Hashable, Sendable {
        /// A number: a value, or an errno, negated.
        case scalar
        /// The address of a value of the map in the arguments, or 0.
        case mapValueOrNull
    }
}
