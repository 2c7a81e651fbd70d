import BPFModel

extension Failure {
    static func uninitialized(_ register: Register) -> Failure {
        let advice =
            switch register {
            case .r0: "set it first: it is the result of calls, and what exit returns"
            case .r1, .r2, .r3, .r4, .r5:
                "set it first; calls and packet loads clear r1 to r5, so keep values in r6 to r9"
            case .r6: "set it first; packet loads take the context in it, and functions don't get their caller's"
            case .r7, .r8, .r9, .r10: "set it first; functions get only r1 to r5 from their callers"
            }
        return Failure(.uninitialized, "\(register) is read before it is written", advice: advice)
    }

    static let framePointerWrite = Failure(
        .framePointerWrite, "r10 is the frame pointer and can't be written", advice: "copy it to another register")

    static func shiftCount(_ count: Int32, _ width: Width) -> Failure {
        Failure(.shiftCount, "the shift count is \(count), it must be 0 to \(width.rawValue - 1)")
    }

    static let zeroDivisor = Failure(
        .zeroDivisor, "the divisor is the constant 0",
        advice: "divide by another number, or by a register: what is divided by 0 there becomes 0")

    static func operation(_ operation: String, on register: Register, _ state: RegisterState) -> Failure {
        let advice: String? =
            switch state.kind {
            case .mapValueOrNull, .mapOrNull, .recordOrNull: "compare it with 0 first"
            case .stack: "add a number to it, a negative one to go down"
            case .packetEnd: "move a pointer from data instead, and compare it with data_end"
            case .map: "look a value up with bpf_map_lookup_elem"
            case .context, .packet, .packetMeta, .mapValue, .mapKey, .record, .memory:
                "only add numbers to addresses, or subtract them"
            case .uninitialized, .scalar, .function: nil
            }
        return Failure(
            .operation, "\(register) is \(state), '\(operation)' is not allowed on it", advice: advice)
    }

    static func narrowArithmetic(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .narrowArithmetic, "\(register) is \(state), on which 32-bit arithmetic is not allowed",
            advice: "use the 64-bit operation")
    }

    static func pointerFromNumber(_ register: Register) -> Failure {
        Failure(
            .pointerFromNumber, "an address is subtracted from the number in \(register)",
            advice: "subtract the number from the address")
    }

    static func pointerSum(_ register: Register) -> Failure {
        Failure(
            .pointerSum, "two addresses are added in \(register), only their difference is a number",
            advice: "add numbers to addresses")
    }

    static func offsetTooLarge(_ register: Register, _ state: RegisterState, _ offset: Int64) -> Failure {
        Failure(
            .offsetTooLarge,
            "\(register) is \(state), moved by \(offset); "
                + "offsets must lie between -\(PointerArithmetic.limit) and \(PointerArithmetic.limit)",
            advice: "check the offset against a smaller constant before it is added")
    }

    static func unboundedOffset(_ register: Register, _ state: RegisterState, _ offset: ScalarRange) -> Failure {
        Failure(
            .unboundedOffset, "\(register) is \(state), moved by a number of which no lower bound is known (\(offset))",
            advice: "check the number against a constant, unsigned, before it is added")
    }

    static func unprivilegedOffset(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .unprivilegedOffset, "\(register) is \(state), to which unprivileged programs may only add constants",
            advice: "move it by a constant, or copy the bytes to the stack with a helper")
    }

    static func leak(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .leak, "\(register) is \(state), whose address would be given away",
            advice: "unprivileged programs may only keep addresses in registers and on the stack, whole")
    }

    static func frameEscapes(_ register: Register) -> Failure {
        Failure(
            .frameEscapes, "\(register) points into the stack of the function that returns",
            advice: "let the caller pass the address of its own memory")
    }
}
