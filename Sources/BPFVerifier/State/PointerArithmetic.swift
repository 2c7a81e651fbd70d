import BPFModel

/// Moving a pointer by a number.
enum PointerArithmetic {
    /// How far a pointer may be moved, in bytes, so that sums of offsets never overflow.
    static let limit = Int64(1) << 29
    /// The greatest variable offset into a packet of which a comparison with the packet's end proves anything.
    static let packetLimit: UInt64 = 0xffff

    /// The pointer after the operation.
    ///
    /// A packet pointer that was moved by an unknown number starts anew: it needs its own comparison with the end.
    ///
    /// - Throws: ``Failure`` where the operation isn't allowed on such a pointer, or may move it too far.
    static func result(
        _ operation: ALUOperation, _ pointer: RegisterState, _ number: RegisterState, pointerFirst: Bool,
        register: Register
    ) throws(Failure) -> RegisterState {
        guard operation == .add || operation == .sub else {
            throw .operation("\(operation)", on: register, pointer)
        }
        guard operation == .add || pointerFirst else { throw .pointerFromNumber(register) }
        guard pointer.kind.canMove(by: number, operation) else {
            throw .operation("\(operation)", on: register, pointer)
        }
        try requireSane(number.range, pointer, register)
        var result = pointer
        if let constant = number.range.constant {
            let distance = Int64(bitPattern: constant)
            let offset = Int64(pointer.offset) + (operation == .add ? distance : -distance)
            guard abs(offset) < limit else { throw .offsetTooLarge(register, pointer, offset) }
            result.offset = Int32(truncatingIfNeeded: offset)
        } else {
            result.range = pointer.range.applying(operation, number.range, .double)
            if pointer.kind.isPacket, operation == .add || number.range.wide.smin < 0 { result.extent = 0 }
            try requireSane(result.range, pointer, register)
        }
        return result
    }

    private static func requireSane(
        _ range: ScalarRange, _ pointer: RegisterState, _ register: Register
    ) throws(Failure) {
        if let constant = range.constant {
            let distance = Int64(bitPattern: constant)
            guard distance > -limit && distance < limit else { throw .offsetTooLarge(register, pointer, distance) }
            return
        }
        guard range.wide.smin != .min else { throw .unboundedOffset(register, pointer, range) }
        guard range.wide.smin > -limit && range.wide.smin < limit else {
            throw .offsetTooLarge(register, pointer, range.wide.smin)
        }
    }
}

extension RegisterState.Kind {
    /// Whether such a pointer can be moved at all.
    fileprivate func canMove(by number: RegisterState, _ operation: ALUOperation) -> Bool {
        switch self {
        case .context, .packet, .packetMeta, .mapValue, .mapKey, .record, .memory: true
        // Offsets into the stack are added, as in Linux.
        case .stack: operation == .add
        case .map: operation == .add && number.range.constant == 0
        case .packetEnd, .mapValueOrNull, .mapOrNull, .recordOrNull, .function, .scalar, .uninitialized: false
        }
    }
}
