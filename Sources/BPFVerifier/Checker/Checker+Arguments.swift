import BPFModel

// Memory that helpers read or fill.
extension Checker {
    /// Memory whose size follows from the map or the helper.
    func checkFixedMemory(
        _ argument: HelperPrototype.Argument, in register: Register, _ value: RegisterState, _ state: MachineState
    ) throws(Failure) {
        switch argument {
        case .mapKey:
            let size = Int64(try map(state).keySize)
            try checkMemory(register, value, size, .helperRead, mayBePacket: true, state)
        case .mapValue:
            let size = Int64(try map(state).valueSize)
            try checkMemory(register, value, size, .helperRead, mayBePacket: true, state)
        case .writableMapValue:
            let map = try map(state)
            // A bloom filter is asked for the value that is there.
            let use = map.type == .bloomFilter ? Use.helperRead : .helperWrite
            try checkMemory(register, value, Int64(map.valueSize), use, mayBePacket: false, state)
        case .writableDouble:
            try checkMemory(register, value, 8, .helperWrite, mayBePacket: false, state)
            try checkAlignment(register, value, 0, size: 8)
        case .constantString:
            try checkString(register, value)
        case .anything, .context, .map, .readableMemory, .readableMemoryOrNull, .writableMemory, .size, .sizeOrZero,
            .recordSize, .record, .spinLock, .callback, .callbackContext:
            break
        }
    }

    /// Memory whose greatest size is in a register that was checked.
    func checkBytes(
        _ memory: Register, count: Register, filled: Bool, mayBeNull: Bool, _ state: MachineState
    ) throws(Failure) {
        let size = Int64(clamping: state[count].range.wide.umax)
        if mayBeNull, size == 0, state[memory].constant == 0 { return }
        try checkMemory(
            memory, state[memory], size, filled ? .helperWrite : .helperRead, mayBePacket: mayBeNull, state)
    }

    /// The map of a call that takes keys or values, which is always its first argument.
    private func map(_ state: MachineState) throws(Failure) -> MapSpec {
        let argument = state[.r1]
        guard argument.kind == .map, let map = maps[argument] else {
            throw .argument(.r1, argument, expected: "a map")
        }
        return map
    }

    /// A string that ends in a value nobody can change.
    private func checkString(_ register: Register, _ pointer: RegisterState) throws(Failure) {
        guard pointer.kind == .mapValue, !pointer.isVariable, let bytes = maps[pointer]?.constantValue else {
            throw .argument(register, pointer, expected: "a string in a map that never changes")
        }
        try checkRegion(register, pointer, 0, 1, of: Int64(bytes.count))
        guard bytes.dropFirst(Int(pointer.offset)).contains(0) else { throw .endlessString(register, pointer) }
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
            try checkValue(register, pointer, 0, size, reads: use.reads, writes: use.writes)
        case .mapKey:
            try checkKey(register, pointer, 0, size, writes: use.writes)
        case .memory, .record:
            try checkRegion(register, pointer, 0, size, of: Int64(pointer.extent))
        case .uninitialized, .scalar, .context, .packetEnd, .map, .mapValueOrNull, .mapOrNull, .recordOrNull, .function:
            throw .argument(register, pointer, expected: "the address of \(size) bytes of memory")
        }
    }
}
