import BPFModel

extension Failure {
    static func notAPointer(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(.notAPointer, "\(register) is \(state), not an address that can be accessed", advice: advice(state))
    }

    private static func advice(_ state: RegisterState) -> String? {
        switch state.kind {
        case .mapValueOrNull: "compare it with 0 first"
        case .map: "look a value up with bpf_map_lookup_elem"
        case .uninitialized, .scalar, .context, .stack, .packet, .packetMeta, .packetEnd, .mapValue, .memory: nil
        }
    }

    /// An access that may begin before what its pointer points into.
    static func below(_ register: Register, _ state: RegisterState, from start: Int64?) -> Failure {
        let place = start.map { "may begin at \($0)" } ?? "has no lower bound"
        return Failure(
            .outOfBounds, "\(register) is \(state): the access \(place), before the start",
            advice: "check the lower bound, or make the offset unsigned with a mask")
    }

    static func unbounded(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .outOfBounds, "\(register) is \(state): the access has no upper bound",
            advice: "check the offset against a constant first")
    }

    static func above(_ register: Register, _ state: RegisterState, upTo end: Int64, of size: Int64) -> Failure {
        Failure(.outOfBounds, "\(register) is \(state): the access ends at \(end), past its \(size) bytes")
    }

    static func outsidePacket(
        _ register: Register, _ state: RegisterState, from start: Int64, upTo end: Int64
    ) -> Failure {
        let (base, limit) = state.kind == .packet ? ("packet", "data_end") : ("packet metadata", "data")
        let variable = state.isVariable ? "+(\(state.range))" : ""
        let isTooFar = state.range.wide.umax > PointerArithmetic.packetLimit
        return Failure(
            .outOfBounds,
            "\(base)\(variable)+\(start)..<\(end) is not within the \(max(0, state.extent)) bytes "
                + "that are checked against \(limit)",
            advice: isTooFar
                ? "bound the offset to \(PointerArithmetic.packetLimit) before it is added, then compare with \(limit)"
                : "compare \(register)+\(end - Int64(state.offset)) with \(limit) first")
    }

    static func outsideStack(_ register: Register, from start: Int64, upTo end: Int64) -> Failure {
        Failure(.outOfBounds, "fp\(signed(start))..<fp\(signed(end)) is not within the stack, fp-512..<fp+0")
    }

    static func stackUnbounded(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(.outOfBounds, "\(register) is \(state): the offset into the stack has no bounds")
    }

    static func uninitializedStack(from start: Int64, upTo end: Int64) -> Failure {
        Failure(
            .uninitializedStack, "stack bytes fp\(signed(start))..<fp\(signed(end)) are read before they are written")
    }

    static func misaligned(_ register: Register, _ state: RegisterState, offset: Int64, size: Int) -> Failure {
        let place = state.isVariable ? "\(offset) plus a variable" : "\(offset)"
        return Failure(
            .misaligned, "\(register) is \(state): the access at \(place) is not aligned to its \(size) bytes")
    }

    static func partialSpill(_ register: Register, _ state: RegisterState, size: Int) -> Failure {
        Failure(.stackSpill, "\(register) is \(state), of which only \(size) of 8 bytes would be stored")
    }

    static func partialFill(_ state: RegisterState, size: Int) -> Failure {
        Failure(.stackSpill, "the stack holds \(state) there, of which \(size) bytes can't be read alone")
    }

    static func spillToCaller(_ register: Register) -> Failure {
        Failure(.stackSpill, "\(register) points into this function's stack, and would be stored in its caller's")
    }

    static func addressOverwritten(_ register: Register) -> Failure {
        Failure(
            .forbiddenAccess, "\(register) is the address of the atomic operation and would receive the old value",
            advice: "hold the address in another register")
    }

    static func forbidden(_ what: String) -> Failure {
        Failure(.forbiddenAccess, "\(what) is not allowed")
    }

    private static func signed(_ number: Int64) -> String { number < 0 ? "\(number)" : "+\(number)" }
}
