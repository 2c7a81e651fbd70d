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
    /// The kinds of map it takes, where it takes one.
    public let mapTypes: Set<MapType>
    /// Whether it makes or removes entries, which the map must allow programs.
    public let changesMap: Bool
    /// Whether only programs with a GPL-compatible licence may call it.
    public let needsGPL: Bool
    /// Whether only privileged loaders' programs may call it.
    public let needsPrivilege: Bool
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
        /// Readable memory as long as the map's keys; it may be in the packet.
        case mapKey
        /// Readable memory as long as the map's values; it may be in the packet.
        case mapValue
        /// Memory as long as the map's values that the helper fills, initialised or not; for a bloom filter, readable
        /// memory.
        case writableMapValue
        /// Readable memory; the next argument is its size in bytes.
        case readableMemory
        /// Readable memory, which may be in the packet, or 0; the next argument is its size in bytes.
        case readableMemoryOrNull
        /// Memory the helper fills, initialised or not; the next argument is its size in bytes.
        case writableMemory
        /// Eight aligned bytes the helper fills, initialised or not.
        case writableDouble
        /// A string that never changes, in a map.
        case constantString
        /// The size of the memory before it, at least 1.
        case size
        /// The size of the memory before it, possibly 0.
        case sizeOrZero
        /// The size of the record to reserve, a constant.
        case recordSize
        /// A record reserved in a ring buffer, which is given back.
        case record
        /// The spin lock in a map's value.
        case spinLock
        /// A function of the program that the helper calls.
        case callback(Callback)
        /// What a callback is given: an address of the stack, or 0.
        case callbackContext
    }

    /// What a callback is called with.
    public enum Callback: Hashable, Sendable {
        /// The number of the turn, and the callback's context.
        case loop
        /// A map, a key, a value and the callback's context.
        case element
    }

    /// What `r0` holds after the call.
    public enum Result: Hashable, Sendable {
        /// A number: a value, or an errno, negated.
        case scalar
        /// Nothing that may be read.
        case nothing
        /// The address of a value of the map in the arguments, or 0.
        case mapValueOrNull
        /// The address of a record reserved in the ring buffer in the arguments, or 0.
        case recordOrNull
    }
}
