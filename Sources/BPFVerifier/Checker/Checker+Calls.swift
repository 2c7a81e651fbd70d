import BPFModel

extension Checker {
    func checkHelper(_ id: Int32) throws(Failure) {
        guard let helper = HelperPrototype.row(of: id) else { throw .unknownHelper(id) }
        guard helper.programTypes.contains(type) else { throw .helperType(helper, type) }
        guard options.mayLeakPointers || !helper.needsPrivilege else { throw .helperPrivilege(helper) }
        guard !helper.needsGPL || isGPLCompatible else { throw .helperLicense(helper, license) }
    }

    func checkTarget(_ target: CallTarget) throws(Failure) {
        switch target {
        case .helper, .local: break
        case .platform: throw .platformCall
        }
    }

    func checkArgument(
        _ argument: HelperPrototype.Argument, in register: Register, _ state: MachineState
    ) throws(Failure) {
        let value = state[register]
        guard value.kind != .uninitialized else { throw .uninitialized(register) }
        switch argument {
        case .anything:
            guard options.mayLeakPointers || !value.isPointer else { throw .leak(register, value) }
        case .context:
            guard value.kind == .context, value.offset == 0, !value.isVariable else {
                throw .argument(register, value, expected: "the context, unmoved")
            }
        case .map:
            guard value.kind == .map else { throw .argument(register, value, expected: "a map") }
        case .mapKey:
            let size = Int64(try map(state).keySize)
            try checkMemory(register, value, size, .helperRead, mayBePacket: true, state)
        case .mapValue:
            let size = Int64(try map(state).valueSize)
            try checkMemory(register, value, size, .helperRead, mayBePacket: true, state)
        // Memory is checked together with its size.
        case .readableMemory, .writableMemory: break
        case .writableMapValue, .readableMemoryOrNull, .writableDouble, .constantString, .recordSize, .record,
            .spinLock,
            .callback, .callbackContext:
            throw .unsupported("arguments of this kind")
        case .size, .sizeOrZero:
            guard value.kind == .scalar else { throw .argument(register, value, expected: "a number of bytes") }
        }
    }

    func checkBytes(
        _ memory: Register, count: Register, filled: Bool, mayBeNone: Bool, _ state: MachineState
    ) throws(Failure) {
        let range = state[count].range
        guard range.wide.smin >= 0 else { throw .negativeSize(count, range) }
        guard mayBeNone || range.wide.umin > 0 else { throw .zeroSize(count, range) }
        guard range.wide.umax < UInt64(PointerArithmetic.limit) else { throw .unboundedSize(count, range) }
        let size = Int64(range.wide.umax)
        try checkMemory(
            memory, state[memory], size, filled ? .helperWrite : .helperRead, mayBePacket: false, state)
    }

    /// The map of a call, which is always its first argument.
    func map(_ state: MachineState) throws(Failure) -> MapSpec {
        let argument = state[.r1]
        guard argument.kind == .map, let map = maps[argument.extent] else {
            throw .argument(.r1, argument, expected: "a map")
        }
        return map
    }

    /// Where addresses must not leak, helpers neither see nor overwrite spilled pointers.
    private func requireNoPointers(
        _ register: Register, _ pointer: RegisterState, _ size: Int64, _ state: MachineState
    ) throws(Failure) {
        guard pointer.range.isConstant else { throw .stackUnbounded(register, pointer) }
        let start = Int64(pointer.offset) + pointer.range.wide.smin
        for position in stride(from: start, to: start + size, by: 1) {
            let slot = state.slot(StackPlace(position).slot, frame: pointer.frame)
            guard !slot.holdsSpill || !slot.register.isPointer else {
                throw .partialFill(slot.register, size: Int(size))
            }
        }
    }

    /// Memory that a helper reads or fills.
    private func checkMemory(
        _ register: Register, _ pointer: RegisterState, _ size: Int64, _ use: Use, mayBePacket: Bool,
        _ state: MachineState
    ) throws(Failure) {
        switch pointer.kind {
        case .stack:
            try checkStack(register, pointer, 0, size, reads: use.reads, state)
            if !options.mayLeakPointers { try requireNoPointers(register, pointer, size, state) }
        case .packet, .packetMeta:
            guard mayBePacket else { throw .packetArgument(register) }
            try checkPacket(register, pointer, 0, size)
        case .mapValue:
            try checkMap(pointer, reads: use.reads, writes: use.writes)
            try checkRegion(register, pointer, 0, size, of: valueSize(pointer))
        case .memory:
            try checkRegion(register, pointer, 0, size, of: Int64(pointer.extent))
        case .uninitialized, .scalar, .context, .packetEnd, .map, .mapValueOrNull:
            throw .argument(register, pointer, expected: "the address of \(size) bytes of memory")
        }
    }
}
