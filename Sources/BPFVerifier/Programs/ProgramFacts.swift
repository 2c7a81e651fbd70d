public import BPFModel

/// What the proof found out about a program, for the engines to use.
public struct ProgramFacts: Hashable, Sendable {
    /// For each instruction, whether some path gets there.
    public let reachable: [Bool]
    /// For each instruction, what it accesses; nil where it accesses no memory or can't be reached.
    public let accesses: [Access?]
    /// For each instruction, the ways a conditional jump was found to go; empty for all others.
    public let outcomes: [BranchOutcomes]
    /// The functions of the program, the main one first, in the order of their instructions.
    public let functions: [Function]
    /// The most stack any call chain needs, in bytes, each frame rounded up as the limit counts it.
    public let stackBytes: Int

    /// What kind of memory an instruction accesses.
    public enum Access: Hashable, Sendable {
        /// A field of the context, or a part of it; the instruction's offset is counted from the context's start.
        case context(ContextField)
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

    /// A function of the program.
    public struct Function: Hashable, Sendable {
        /// Its instructions, by index.
        public let instructions: Range<Int>
        /// How many bytes of its own stack it uses, from the frame pointer down.
        public let stackBytes: Int
    }
}
