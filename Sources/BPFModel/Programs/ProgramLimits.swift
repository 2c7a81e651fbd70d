/// The fixed limits of programs, as Linux has them.
public enum ProgramLimits {
    /// The most instructions (slots) of a program that an unprivileged caller loads: `BPF_MAXINSNS`.
    public static let unprivilegedSlots = 4096
    /// The most slots of any program, and the most instructions the verifier processes.
    public static let slots = 1_000_000
    /// The stack, in bytes, shared by the frames of a call chain.
    public static let stackBytes = 512
    /// The stack of the frames below a function that makes tail calls, in bytes: each of them may start such a chain.
    public static let stackBytesBelowTailCalls = 256
    /// The deepest chain of calls between functions of a program.
    public static let callDepth = 8
    /// The most branches that wait on one path of the proof.
    public static let pendingBranches = 8192
    /// The most tail calls in a row.
    public static let tailCalls = 33
    /// The most times a helper calls a function of the program: `BPF_MAX_LOOPS`.
    public static let callbackTurns: UInt64 = 1 << 23
    /// The most maps a program names.
    public static let maps = 64
}
