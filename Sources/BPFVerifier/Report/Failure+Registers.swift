import BPFModel

extension Failure {
    static func uninitialized(_ register: Register) -> Failure {
        let advice: String? =
            Register.arguments.contains(register)
            ? "calls and packet loads clear r1 to r5; keep values in r6 to r9" : nil
        return Failure(.uninitializedRegister, "\(register) is read before it is written", advice: advice)
    }

    static let framePointerWrite = Failure(
        .framePointerWrite, "r10 is the frame pointer and can't be written", advice: "copy it to another register")

    static func shiftCount(_ count: Int32, _ width: Width) -> Failure {
        Failure(.invalidShift, "the shift count is \(count), it must be 0 to \(width.rawValue - 1)")
    }

    static let zeroDivisor = Failure(.divisionByZero, "the divisor is the constant 0")

    static func operation(_ operation: String, on register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .pointerArithmetic, "\(register) is \(state), '\(operation)' is not allowed on it",
            advice: state.kind == .mapValueOrNull ? "compare it with 0 first" : nil)
    }

    static func narrowArithmetic(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .pointerArithmetic, "\(register) is \(state), on which 32-bit arithmetic is not allowed",
            advice: "use the 64-bit operation")
    }

    static func pointerFromNumber(_ register: Register) -> Failure {
        Failure(.pointerArithmetic, "a pointer is subtracted from the number in \(register)")
    }

    static func pointerSum(_ register: Register) -> Failure {
        Failure(.pointerArithmetic, "two pointers are combined in \(register), only their difference is a number")
    }

    static func offsetTooLarge(_ register: Register, _ state: RegisterState, _ offset: Int64) -> Failure {
        Failure(
            .unboundedOffset,
            "\(register) is \(state), moved by \(offset); offsets must lie between -\(1 << 29) and \(1 << 29)")
    }

    static func unboundedOffset(_ register: Register, _ state: RegisterState, _ offset: ScalarRange) -> Failure {
        Failure(
            .unboundedOffset, "\(register) is \(state), moved by a number of which no lower bound is known (\(offset))",
            advice: "check its bounds, unsigned, before adding it")
    }

    static func leak(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(.pointerLeak, "\(register) is \(state), whose address would be given away")
    }

    static func frameEscapes(_ register: Register) -> Failure {
        Failure(.pointerLeak, "\(register) points into the stack of the function that returns")
    }
}
