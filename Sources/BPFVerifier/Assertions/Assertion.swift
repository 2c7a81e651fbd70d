public import BPFModel

/// A claim that must hold before an instruction runs: what the proof is made of.
public enum Assertion: Hashable, Sendable {
    /// The register was written on every path.
    case initialized(Register)
    /// The register may be written: it isn't the frame pointer.
    case writable(Register)
    /// An immediate shift count is below the width.
    case shiftCount(Int32, Width)
    /// An immediate divisor isn't zero.
    case divisor(Int32)
    /// The operation is allowed on what the operands hold; pointers only move inside what they point into.
    case arithmetic(ALUOperation, Width, Register, Operand)
    /// Comparing the operands tells nothing about addresses.
    case comparable(BranchCondition, Width, Register, Operand)
    /// The bytes are there, and may be accessed so.
    case access(MemoryAccess)
    /// An atomic operation's address register isn't the one that receives the old value.
    case keepsAddress(Register, result: Register)
    /// The program's type has packet loads, and `r6` holds the context.
    case packetLoad
    /// The wide immediate names something that is there.
    case names(WideImmediate)
    /// The helper exists, and this program may call it.
    case helper(Int32)
    /// The register holds what the helper takes.
    case argument(Register, HelperPrototype.Argument)
    /// The first register points to as many bytes of memory as the second one counts, for the helper to read or fill;
    /// where there may be none, perhaps to nothing.
    case bytes(Register, count: Register, filled: Bool, mayBeNone: Bool, mayBeNull: Bool)
    /// The map in the register is of a kind that the helper takes.
    case mapType(Register, helper: Int32)
    /// The register points to the lock of a map's value, which is free, or to the one that is held.
    case lock(Register, isTaken: Bool)
    /// No lock is held, so that helpers may be called.
    case holdsNoLock
    /// Neither a lock nor a record is held, so that the program may end there.
    case holdsNothing(EndOfProgram)
    /// The call of a function keeps the call chain below its limit.
    case callDepth
    /// The call's target is something that can be called.
    case callable(CallTarget)
    /// The register doesn't hold a pointer, which would be given away.
    case leaksNoPointer(Register)
    /// The register doesn't hold a pointer into the stack of a function that returns.
    case leavesNoFrame(Register)
}

/// Where a program may end.
public enum EndOfProgram: Hashable, Sendable {
    /// At the exit of the main program.
    case exit
    /// At a tail call, which doesn't come back where there is a program to go on with.
    case tailCall
    /// At a packet load, which ends the program where the packet is too short.
    case packetLoad
}

/// A load, a store or an atomic operation.
public struct MemoryAccess: Hashable, Sendable {
    /// The register that holds the address.
    public let base: Register
    /// The offset from that address, in bytes.
    public let offset: Int16
    /// How many bytes.
    public let size: MemorySize
    /// What is done with them.
    public let kind: Kind
    /// What a store writes.
    public let value: Operand?

    /// What is done with memory.
    public enum Kind: Hashable, Sendable {
        /// A load; a sign-extending one can't give a pointer.
        case load(signExtended: Bool)
        /// A store.
        case store
        /// A read and a write at once.
        case atomic
        /// An access with an ordering guarantee.
        case orderedLoad, orderedStore
    }

    init(_ kind: Kind, _ size: MemorySize, _ base: Register, _ offset: Int16, value: Operand? = nil) {
        self.base = base
        self.offset = offset
        self.size = size
        self.kind = kind
        self.value = value
    }
}

extension MemoryAccess.Kind {
    var reads: Bool {
        switch self {
        case .load, .orderedLoad, .atomic: true
        case .store, .orderedStore: false
        }
    }

    var writes: Bool {
        switch self {
        case .store, .orderedStore, .atomic: true
        case .load, .orderedLoad: false
        }
    }

    /// Whether the address must be aligned and be in memory proper.
    var isAtomic: Bool {
        switch self {
        case .atomic, .orderedLoad, .orderedStore: true
        case .load, .store: false
        }
    }
}
