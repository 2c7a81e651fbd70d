import BPFModel

extension Failure {
    static func movedContext(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .contextAccess, "\(register) is \(state), the context must be accessed through its unchanged address",
            advice: "put the offset into the instruction")
    }

    static func noContextField(_ layout: ContextLayout, offset: Int, size: Int) -> Failure {
        Failure(.contextAccess, "no field of \(layout.structure) is at \(offset)..<\(offset + size)")
    }

    static func readOnlyContext(_ layout: ContextLayout) -> Failure {
        Failure(.contextAccess, "the context, \(layout.structure), is read-only")
    }

    static func contextBytes(_ layout: ContextLayout, _ bytes: Range<Int>, offset: Int, size: Int) -> Failure {
        Failure(
            .contextAccess,
            "\(size) bytes at offset \(offset) can't be read of \(layout.structure): "
                + "only aligned ones from \(bytes.lowerBound) up to \(bytes.upperBound)")
    }

    static func hiddenField(_ field: ContextField, _ layout: ContextLayout, type: ProgramType) -> Failure {
        Failure(
            .contextAccess, "field \(field.name) of \(layout.structure) can't be used by \(type.name) programs",
            advice: advice(field))
    }

    private static func advice(_ field: ContextField) -> String? {
        switch field.kind {
        case .packet, .packetEnd, .packetMeta: "read the packet with packet loads or bpf_skb_load_bytes"
        case .scalar: nil
        }
    }

    static func readOnlyField(_ field: ContextField, _ layout: ContextLayout) -> Failure {
        Failure(.contextAccess, "field \(field.name) of \(layout.structure) is read-only")
    }

    static func fieldSize(_ field: ContextField, _ layout: ContextLayout, offset: Int, size: Int) -> Failure {
        Failure(
            .contextAccess,
            "\(size) bytes at offset \(offset) are no part of field \(field.name) of \(layout.structure) "
                + "(\(field.size) bytes at \(field.offset)) that can be accessed alone")
    }

    static let mixedAccess = Failure(
        .mixedPointers, "this instruction accesses the context on one path and other memory on another",
        advice: "use one instruction for each")

    static func noPacketLoads(_ type: ProgramType) -> Failure {
        Failure(
            .packetLoad, "\(type.name) programs have no packet loads",
            advice: "compare with data_end, and read the packet directly")
    }

    static let packetLoadInFunction = Failure(
        .packetLoad, "a packet load would end the program from within a called function")

    static func packetLoadContext(_ state: RegisterState) -> Failure {
        Failure(
            .packetLoad, "r6 is \(state), but a packet load takes the context there",
            advice: "start with r6 = r1")
    }
}
