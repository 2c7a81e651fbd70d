import BPFModel

extension Failure {
    static func notAPointer(_ register: Register, _ state: RegisterState) -> Failure {
        let advice: String? =
            switch state.kind {
            case .mapValueOrNull, .recordOrNull: "compare it with 0 first"
            case .map, .mapOrNull: "look a value up with bpf_map_lookup_elem"
            case .packetEnd: "access the packet through data; data_end is for comparisons"
            case .uninitialized, .scalar, .context, .stack, .packet, .packetMeta, .mapValue, .mapKey, .record,
                .function,
                .memory:
                nil
            }
        return Failure(
            .notAPointer, "\(register) is \(state), not an address that can be accessed", advice: advice)
    }

    /// An access that may begin before what its pointer points into.
    static func below(_ register: Register, _ state: RegisterState, from start: Int64?) -> Failure {
        let begins = state.isVariable ? "may begin" : "begins"
        let place = start.map { "\(begins) at \($0)" } ?? "has no lower bound"
        return Failure(
            .below, "\(register) is \(state): the access \(place), before the start",
            advice: state.isVariable
                ? "check the lower bound, or make the offset unsigned with a mask" : "offsets count from 0")
    }

    static func unbounded(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .unbounded, "\(register) is \(state): the access has no upper bound",
            advice: "check the offset against a constant first")
    }

    static func above(_ register: Register, _ state: RegisterState, upTo end: Int64, of size: Int64) -> Failure {
        guard state.isVariable else {
            return Failure(.above, "\(register) is \(state): the access ends at \(end), past its \(size) bytes")
        }
        // What may be added at most if the access is to end in time.
        let most = Int64(clamping: state.range.wide.umax) - (end - size)
        return Failure(
            .above, "\(register) is \(state): the access may end at \(end), past its \(size) bytes",
            advice: most >= 0 ? "check that what is added is at most \(most) first" : nil)
    }

    static func misaligned(_ register: Register, _ state: RegisterState, offset: Int64, size: Int) -> Failure {
        let place = state.isVariable ? "\(offset) plus a variable" : "\(offset)"
        return Failure(
            .misaligned, "\(register) is \(state): the access at \(place) is not aligned to its \(size) bytes",
            advice: state.kind == .packet
                ? "access smaller pieces: packets begin 2 bytes after an aligned address"
                : "access a multiple of \(size), or smaller pieces")
    }

    static func addressOverwritten(_ register: Register) -> Failure {
        Failure(
            .addressOverwritten,
            "\(register) is the address of the atomic operation and would receive the old value",
            advice: "hold the address in another register")
    }

    static let atomicOnContext = Failure(
        .atomicOnContext, "atomic operations on the context are not allowed", advice: "use a load and a store")

    static let atomicOnPacket = Failure(
        .atomicOnPacket, "atomic operations on the packet are not allowed", advice: "use a load and a store")

    static func packetArgument(_ register: Register) -> Failure {
        Failure(
            .packetArgument, "\(register) points into the packet, which this helper may not access",
            advice: "give it memory on the stack")
    }

    static func keyWrite(_ register: Register) -> Failure {
        Failure(
            .keyWrite, "\(register) points to a key of the map, which would be written",
            advice: "write the value; an entry's key never changes")
    }

    static func writeOnlyMap(_ number: Int32) -> Failure {
        Failure(.writeOnlyMap, "map \(number) is made for programs to write only, and would be read")
    }

    static func readOnlyMap(_ number: Int32) -> Failure {
        Failure(.readOnlyMap, "map \(number) is made for programs to read only, and would be written")
    }
}

// MARK: Packets

extension Failure {
    /// An access of packet bytes of which only those before `state.extent` are known to be there.
    static func outsidePacket(
        _ register: Register, _ state: RegisterState, from start: Int64, upTo end: Int64
    ) -> Failure {
        let limit = state.kind == .packet ? "data_end" : "data"
        let base = state.kind == .packet ? "packet" : "packet metadata"
        let bytes = end - start == 1 ? "byte \(start)" : "bytes \(start) to \(end - 1)"
        let place = state.isVariable ? "\(bytes) from \(base)+(\(state.range)) on" : "\(bytes) of the \(base)"
        let known =
            state.extent > 0
            ? "comparisons with \(limit) show only \(state.extent) bytes to be there"
            : "no comparison with \(limit) shows any to be there"
        let isTooFar = state.range.wide.umax > PointerArithmetic.packetLimit
        return Failure(
            .outsidePacket, "access of \(place), but \(known)",
            advice: isTooFar
                ? "check that what is added is at most \(PointerArithmetic.packetLimit), then compare with \(limit)"
                : "check that \(register) + \(end - Int64(state.offset)) <= \(limit) first")
    }
}
