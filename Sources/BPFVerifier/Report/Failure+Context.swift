import BPFModel

extension Failure {
    static func movedContext(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .movedContext, "\(register) is \(state), the context must be accessed through its unchanged address",
            advice: "put the offset into the instruction")
    }

    static func noContextField(_ layout: ContextLayout, offset: Int, size: Int) -> Failure {
        let others = types { $0.field(at: offset, size: size) != nil }
        return Failure(
            .noContextField, "no field of \(layout.structure) is at \(bytes(offset, size))",
            advice: others.isEmpty ? nil : "\(others) programs have one there: say which type this one is")
    }

    static func readOnlyContext(_ layout: ContextLayout) -> Failure {
        Failure(.readOnlyContext, "the context, \(layout.structure), is read-only")
    }

    static func contextBytes(_ layout: ContextLayout, _ bytes: Range<Int>, offset: Int, size: Int) -> Failure {
        Failure(
            .contextBytes,
            "access of \(Self.bytes(offset, size)), but programs may only read aligned pieces of bytes "
                + "\(bytes.lowerBound) to \(bytes.upperBound - 1) of \(layout.structure)")
    }

    static func hiddenField(_ field: ContextField, _ layout: ContextLayout, type: ProgramType) -> Failure {
        let advice =
            switch field.kind {
            case .packet, .packetEnd, .packetMeta: "read the packet with packet loads or bpf_skb_load_bytes"
            case .scalar: "only \(types { $0.fields.contains { $0.id == field.id } }) programs can"
            }
        return Failure(
            .hiddenField, "field \(field.name) of \(layout.structure) can't be used by \(type.name) programs",
            advice: advice)
    }

    static func readOnlyField(_ field: ContextField, _ layout: ContextLayout) -> Failure {
        let others = types { $0.fields.contains { $0.id == field.id && $0.writable } }
        return Failure(
            .readOnlyField, "field \(field.name) of \(layout.structure) is read-only",
            advice: others.isEmpty ? nil : "only \(others) programs may write it")
    }

    static func fieldSize(_ field: ContextField, _ layout: ContextLayout, offset: Int, size: Int) -> Failure {
        Failure(
            .fieldSize,
            "access of \(bytes(offset, size)), but field \(field.name) of \(layout.structure) is at "
                + bytes(field.offset, field.size),
            advice: "access the field whole")
    }

    static let mixedAccess = Failure(
        .mixedAccess, "this instruction accesses the context on one path and other memory on another",
        advice: "use one instruction for each")

    static func noPacketLoads(_ type: ProgramType) -> Failure {
        Failure(
            .noPacketLoads, "\(type.name) programs have no packet loads",
            advice: "compare with data_end, and read the packet directly")
    }

    static let packetLoadInFunction = Failure(
        .packetLoadInFunction, "a packet load would end the program from within a called function",
        advice: "load in the main function, and pass what was loaded")

    static func packetLoadContext(_ state: RegisterState) -> Failure {
        Failure(
            .packetLoadContext, "r6 is \(state), but a packet load takes the context there",
            advice: "start with r6 = r1")
    }

    private static func bytes(_ offset: Int, _ size: Int) -> String {
        size == 1 ? "byte \(offset)" : "bytes \(offset) to \(offset + size - 1)"
    }

    /// The types of program whose context is so.
    private static func types(where condition: (ContextLayout) -> Bool) -> String {
        ProgramType.allCases.filter { condition($0.context) }.names
    }
}

extension [ProgramType] {
    /// `socket_filter and sched_cls`.
    var names: String {
        guard let last else { return "" }
        let others = dropLast().map(\.name).joined(separator: ", ")
        return others.isEmpty ? last.name : "\(others) and \(last.name)"
    }
}
