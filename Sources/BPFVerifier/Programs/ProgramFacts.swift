public import BPFModel

/// What the proof found out about a program, for the engines to use.
public struct ProgramFacts: Hashable, Sendable {
    /// For each instruction, whether some path gets there.
    public let reachable: [Bool]
    /// For each instruction, what it accesses; nil where it accesses no memory or can't be reached.
    public let accesses: [Access?]
    /// For each instruction, the ways a conditional jump was found to go; empty for all others.
    public let outcomes: [BranchOutcomes]
    /// What helpers are given, by the instruction that calls them.
    public let calls: [Int: HelperCall]
    /// The packet bytes around accesses, by instruction, for those that access nothing else.
    public let windows: [Int: PacketWindow]
    /// The numbers that loads give every time, by instruction: only loads from maps that never change do.
    public let loadedNumbers: [Int: UInt64]
    /// The functions of the program, the main one first, in the order of their instructions.
    public let functions: [Function]
    /// The most stack any call chain needs, in bytes, each frame rounded up as the limit counts it.
    public let stackBytes: Int
    /// Whether some path may read stack that was never written, as privileged loaders' programs may.
    public let mayReadUnwrittenStack: Bool

    /// What kind of memory an instruction accesses.
    public enum Access: Hashable, Sendable {
        /// A field of the context, or a part of it; the instruction's offset is counted from the context's start.
        case context(ContextField.ID)
        /// Memory at the address the base register holds.
        case memory
    }

    /// The ways a conditional jump can go.
    public struct BranchOutcomes: OptionSet, Hashable, Sendable {
        /// The ways, as bits.
        public let rawValue: UInt8

        /// Wraps bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// It can jump.
        public static let taken = BranchOutcomes(rawValue: 1)
        /// It can fall through.
        public static let notTaken = BranchOutcomes(rawValue: 2)
    }

    /// What is the same every time a helper is called at one place.
    public struct HelperCall: Hashable, Sendable {
        /// The number of the map; nil where it takes none, where that differs, and for maps out of a map of maps.
        public var map: Int32?
        /// The function that it calls back, by its place among the functions; nil where there is none, or it differs.
        public var function: Int?
    }

    /// Packet bytes that comparisons have shown to be there whenever an access happens.
    public struct PacketWindow: Hashable, Sendable {
        /// Where the access begins, in bytes from the start of the packet (of its metadata, if it accesses that); nil
        /// where that differs.
        public var offset: Int?
        /// How many bytes from the first of the access on are there at least.
        public var count: Int
        /// Whether it is an access of the metadata before the packet.
        public var isMetadata: Bool
    }

    /// A function of the program.
    public struct Function: Hashable, Sendable {
        /// Its instructions, by index.
        public let instructions: Range<Int>
        /// How many bytes of its own stack it uses, from the frame pointer down.
        public let stackBytes: Int
    }
}
