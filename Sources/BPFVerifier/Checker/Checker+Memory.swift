import BPFModel

extension Checker {
    /// What a helper does with memory.
    enum Use {
        case helperRead, helperWrite

        var reads: Bool { self == .helperRead }
        var writes: Bool { self == .helperWrite }
    }

    func checkAccess(_ access: MemoryAccess, _ state: MachineState) throws(Failure) {
        let pointer = state[access.base]
        try checkAlignment(access, pointer)
        let offset = Int64(access.offset)
        switch pointer.kind {
        case .context:
            try checkContext(access, pointer)
        case .stack:
            try checkStack(access.base, pointer, offset, Int64(access.size.bytes), reads: access.kind.reads, state)
            try checkSpill(access, pointer, state)
            if !options.mayLeakPointers { try checkSpilledPointer(access, pointer, state) }
        case .packet, .packetMeta:
            guard !access.kind.isAtomic || access.kind == .orderedLoad else {
                throw .atomicOnPacket
            }
            try checkPacket(access.base, pointer, offset, Int64(access.size.bytes))
        case .mapValue:
            try checkValue(
                access.base, pointer, offset, Int64(access.size.bytes), reads: access.kind.reads,
                writes: access.kind.writes)
        case .mapKey:
            try checkKey(access.base, pointer, offset, Int64(access.size.bytes), writes: access.kind.writes)
        case .memory, .record:
            try checkRegion(access.base, pointer, offset, Int64(access.size.bytes), of: Int64(pointer.extent))
        case .uninitialized, .scalar, .packetEnd, .map, .mapValueOrNull, .mapOrNull, .recordOrNull, .function:
            throw .notAPointer(access.base, pointer)
        }
        guard case .register(let value) = access.value, !options.mayLeakPointers else { return }
        guard pointer.kind == .stack || !state[value].isPointer else { throw .leak(value, state[value]) }
    }

    /// Part of a map's value, in the direction that the map is made for.
    func checkValue(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64, reads: Bool, writes: Bool
    ) throws(Failure) {
        guard let map = maps[pointer] else { throw .unknownMap(pointer.extent) }
        if reads, map.flags.contains(.writeOnlyForPrograms) { throw .writeOnlyMap(pointer.extent) }
        if writes, map.isReadOnlyForPrograms { throw .readOnlyMap(pointer.extent) }
        try checkRegion(register, pointer, offset, size, of: Int64(map.valueSize))
        try checkLockIsUntouched(register, pointer, offset, size, map)
    }

    /// Part of the key that a callback is given.
    func checkKey(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64, writes: Bool
    ) throws(Failure) {
        guard let map = maps[pointer] else { throw .unknownMap(pointer.extent) }
        guard !writes else { throw .keyWrite(register) }
        try checkRegion(register, pointer, offset, size, of: Int64(map.keySize))
    }

    /// An access to a region of known size must begin and end inside, whatever the variable part of its pointer.
    func checkRegion(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64, of regionSize: Int64
    ) throws(Failure) {
        let wide = pointer.range.wide
        let fixed = Int64(pointer.offset) + offset
        guard wide.smin > -PointerArithmetic.limit else { throw .below(register, pointer, from: nil) }
        guard wide.smin + fixed >= 0 else { throw .below(register, pointer, from: wide.smin + fixed) }
        guard wide.umax < UInt64(PointerArithmetic.limit) else { throw .unbounded(register, pointer) }
        let end = Int64(wide.umax) + fixed + size
        guard end <= regionSize else { throw .above(register, pointer, upTo: end, of: regionSize) }
    }

    /// The bytes must be among those that a comparison with the packet's end has shown to be there.
    func checkPacket(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64
    ) throws(Failure) {
        let start = Int64(pointer.offset) + offset
        guard pointer.range.wide.smin >= 0 else { throw .below(register, pointer, from: pointer.range.wide.smin) }
        guard start >= 0 else { throw .below(register, pointer, from: start) }
        guard start + size <= Int64(pointer.extent) else {
            throw .outsidePacket(register, pointer, from: start, upTo: start + size)
        }
    }

    private func checkAlignment(_ access: MemoryAccess, _ pointer: RegisterState) throws(Failure) {
        let isStrict = options.strictAlignment || access.kind.isAtomic || pointer.kind == .stack
        guard isStrict, access.size != .byte, pointer.kind != .context || options.strictAlignment else { return }
        try checkAlignment(access.base, pointer, Int64(access.offset), size: access.size.bytes)
    }

    func checkAlignment(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, size: Int
    ) throws(Failure) {
        let fixed = Int64(pointer.offset) + offset
        // Packets begin two bytes after an aligned address, so that the IP header is aligned.
        let base: Int64 = pointer.kind == .packet ? 2 : 0
        let address = pointer.range.bits.adding(Tnum(UInt64(bitPattern: fixed + base)))
        guard address.highest & UInt64(size - 1) == 0 else {
            throw .misaligned(register, pointer, offset: fixed, size: size)
        }
    }
}

// MARK: Stack

extension Checker {
    func checkStack(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64, reads: Bool,
        _ state: MachineState
    ) throws(Failure) {
        let wide = pointer.range.wide
        guard wide.smin > -PointerArithmetic.limit, wide.smax < PointerArithmetic.limit else {
            throw .stackUnbounded(register, pointer)
        }
        let fixed = Int64(pointer.offset) + offset
        let start = wide.smin + fixed
        let end = wide.smax + fixed + size
        guard start >= -Int64(ProgramLimits.stackBytes), end <= 0 else {
            throw .outsideStack(from: start, upTo: end)
        }
        guard reads, !options.mayReadUninitializedStack || !unwrittenReads.wereSeen else { return }
        let isWritten = { (byte: Int64) in
            let place = StackPlace(byte)
            return state.slot(place.slot, frame: pointer.frame)[place.byte] != .uninitialized
        }
        if let first = (start..<end).first(where: { !isWritten($0) }) {
            if options.mayReadUninitializedStack { return unwrittenReads.note() }
            throw .uninitializedStack(from: first, upTo: (first..<end).first(where: isWritten) ?? end)
        }
    }

    /// Where addresses must not leak, a spilled pointer is overwritten whole or not at all, and never read as a number.
    private func checkSpilledPointer(
        _ access: MemoryAccess, _ pointer: RegisterState, _ state: MachineState
    ) throws(Failure) {
        guard let place = StackPlace(pointer, offset: Int64(access.offset)) else {
            throw .stackUnbounded(access.base, pointer)
        }
        let slot = state.slot(place.slot, frame: pointer.frame)
        guard slot.holdsSpill, slot.register.isPointer else { return }
        guard access.size == .double, !access.kind.isAtomic else {
            throw .partialFill(slot.register, size: access.size.bytes)
        }
    }

    /// Pointers are stored and loaded whole.
    private func checkSpill(_ access: MemoryAccess, _ pointer: RegisterState, _ state: MachineState) throws(Failure) {
        if case .register(let register) = access.value, access.kind.writes, !access.kind.isAtomic {
            let value = state[register]
            guard !value.isPointer || access.size == .double else {
                throw .partialSpill(register, value, size: access.size.bytes)
            }
            guard value.kind != .stack || pointer.frame == state.frame.number else { throw .spillToCaller(register) }
        }
        guard access.kind.reads, access.size != .double, let constant = pointer.range.constant else { return }
        let start = Int64(pointer.offset) + Int64(access.offset) + Int64(bitPattern: constant)
        let slot = state.slot(Int((-start - 1) / 8), frame: pointer.frame)
        guard !slot.holdsSpill || !slot.register.isPointer else {
            throw .partialFill(slot.register, size: access.size.bytes)
        }
    }
}
