extension VerifierRejection {
    /// The kinds of failure: the codes that programs go by, as ``rawValue`` spells them.
    ///
    /// <doc:Rejections> has a section for each, with a program that is refused and how it is mended.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case emptyProgram = "empty_program"
        case complexity
        case invalidJump = "invalid_jump"
        case invalidCall = "invalid_call"
        case fallsOffEnd = "falls_off_end"
        case unreachableCode = "unreachable_code"
        case infiniteLoop = "infinite_loop"
        case callDepth = "call_depth"
        case stackDepth = "stack_depth"
        case uninitializedRegister = "uninitialized_register"
        case uninitializedStack = "uninitialized_stack"
        case framePointerWrite = "frame_pointer_write"
        case invalidShift = "invalid_shift"
        case divisionByZero = "division_by_zero"
        case pointerArithmetic = "pointer_arithmetic"
        case unboundedOffset = "unbounded_offset"
        case pointerLeak = "pointer_leak"
        case notAPointer = "not_a_pointer"
        case outOfBounds = "out_of_bounds"
        case misaligned
        case stackSpill = "stack_spill"
        case forbiddenAccess = "forbidden_access"
        case contextAccess = "context_access"
        case mixedPointers = "mixed_pointers"
        case packetLoad = "packet_load"
        case helperNotAllowed = "helper_not_allowed"
        case helperArgument = "helper_argument"
        case callbackResult = "callback_result"
        case record
        case lock
        case unknownMap = "unknown_map"
        case unsupported
    }
}
