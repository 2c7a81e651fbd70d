import BPFModel

extension Failure {
    static func outsideStack(from start: Int64, upTo end: Int64) -> Failure {
        Failure(
            .outsideStack,
            "access of \(bytes(start, end)), but the stack is fp-\(ProgramLimits.stackBytes) to fp-1",
            advice: end > 0 ? "the stack lies below r10: use negative offsets" : "keep large data in a map")
    }

    /// An address that an unprivileged program computes.
    static func leavesStack(_ register: Register, at position: Int64) -> Failure {
        Failure(
            .leavesStack,
            "\(register) would point to fp\(signed(position)), but the stack is fp-\(ProgramLimits.stackBytes) to fp-1",
            advice: "unprivileged programs may not even compute addresses outside: move in one step")
    }

    static func stackUnbounded(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .stackUnbounded, "\(register) is \(state): the offset into the stack has no bounds",
            advice: "use a constant, or check the offset on both sides first")
    }

    static func uninitializedStack(from start: Int64, upTo end: Int64) -> Failure {
        let claim =
            end - start == 1 ? "is read before it is written" : "are read before they are written"
        return Failure(.uninitializedStack, "stack \(bytes(start, end)) \(claim)", advice: "store to all of it first")
    }

    static func partialSpill(_ register: Register, _ state: RegisterState, size: Int) -> Failure {
        Failure(
            .partialSpill, "\(register) is \(state), of which only \(size) of 8 bytes would be stored",
            advice: "store addresses whole, with u64")
    }

    static func partialFill(_ state: RegisterState, size: Int) -> Failure {
        Failure(
            .partialFill, "the stack holds \(state) there, of which \(size) bytes can't be read alone",
            advice: "load addresses whole, with u64")
    }

    static func spillToCaller(_ register: Register) -> Failure {
        Failure(
            .spillToCaller, "\(register) points into this function's stack, and would be stored in its caller's",
            advice: "store what it points to")
    }

    private static func bytes(_ start: Int64, _ end: Int64) -> String {
        end - start == 1 ? "byte fp\(signed(start))" : "bytes fp\(signed(start)) to fp\(signed(end - 1))"
    }

    private static func signed(_ number: Int64) -> String { number < 0 ? "\(number)" : "+\(number)" }
}
