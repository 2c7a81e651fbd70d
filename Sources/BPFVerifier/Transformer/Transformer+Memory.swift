import BPFModel

extension Transformer {
    /// What a load gives.
    func load(
        _ size: MemorySize, signExtended: Bool, _ pointer: RegisterState, _ offset: Int16, _ state: MachineState
    ) -> RegisterState {
        var result: RegisterState
        switch pointer.kind {
        case .context:
            result = loadContext(size, offset)
        case .stack:
            result = loadStack(size, pointer, offset, state)
        case .mapValue:
            result = loadConstant(size, pointer, offset) ?? .scalar(.unsigned(bits: size.bits))
        case .packet, .packetMeta, .mapKey, .record, .memory, .uninitialized, .scalar, .packetEnd, .map,
            .mapValueOrNull, .mapOrNull, .recordOrNull, .function:
            result = .scalar(.unsigned(bits: size.bits))
        }
        if signExtended, result.kind == .scalar, let bits = SignExtendedWidth(rawValue: UInt8(size.bits)) {
            result = .scalar(result.range.signExtended(from: bits), result.dependencies)
        }
        return result
    }

    private func loadContext(_ size: MemorySize, _ offset: Int16) -> RegisterState {
        switch layout.field(at: Int(offset), size: size.bytes)?.kind {
        case .packet: .pointer(.packet)
        case .packetEnd: .pointer(.packetEnd)
        case .packetMeta: .pointer(.packetMeta)
        case .scalar, nil: .scalar(.unsigned(bits: size.bits))
        }
    }

    /// What nobody can change is known; nil where it isn't.
    private func loadConstant(_ size: MemorySize, _ pointer: RegisterState, _ offset: Int16) -> RegisterState? {
        guard !pointer.isVariable, let bytes = maps[pointer]?.constantValue else { return nil }
        let start = Int(pointer.offset) + Int(offset)
        guard start >= 0, start + size.bytes <= bytes.count else { return nil }
        let value = bytes[start..<(start + size.bytes)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return .constant(value)
    }

    private func loadStack(
        _ size: MemorySize, _ pointer: RegisterState, _ offset: Int16, _ state: MachineState
    ) -> RegisterState {
        guard let start = StackPlace(pointer, offset: Int64(offset)) else {
            return .scalar(.unsigned(bits: size.bits))
        }
        let slot = state.slot(start.slot, frame: pointer.frame)
        if start.byte == 0, slot.holdsSpill, size.bytes <= slot.spillSize {
            if size == .double || size.bytes == slot.spillSize { return slot.register }
            return .scalar(slot.register.range.truncated(to: size.bits), slot.register.dependencies)
        }
        let bytes = start.byte..<(start.byte + size.bytes)
        // Any part of a spilled zero is zero.
        if bytes.upperBound <= slot.spillSize, slot.register.constant == 0 { return slot.register }
        let isZero = bytes.allSatisfy { slot[$0] == .zero }
        return isZero ? .constant(0) : .scalar(.unsigned(bits: size.bits))
    }

    /// Only the stack is tracked.
    func store(
        _ value: RegisterState, _ size: MemorySize, _ pointer: RegisterState, _ offset: Int16,
        in state: inout MachineState
    ) {
        guard pointer.kind == .stack else { return }
        guard let start = StackPlace(pointer, offset: Int64(offset)) else {
            return overwrite(size.bytes, pointer, Int64(offset), in: &state)
        }
        if start.byte == 0 {
            let spilled = value.kind == .scalar && size != .double ? narrowed(value, to: size) : value
            state.withSlot(start.slot, frame: pointer.frame) { $0.spill(spilled, size: size.bytes) }
            return
        }
        let isZero = value.constant == 0
        if isZero { state.demand(value) }
        state.withSlot(start.slot, frame: pointer.frame) {
            $0.overwrite(start.byte..<(start.byte + size.bytes), isZero ? .zero : .unknown)
        }
    }

    private func narrowed(_ value: RegisterState, to size: MemorySize) -> RegisterState {
        if value.range.wide.umax < UInt64(1) << UInt64(size.bits) { return value }
        return .scalar(value.range.truncated(to: size.bits), value.dependencies)
    }

    /// Forgets what the stack holds wherever the bytes may lie.
    func overwrite(_ size: Int, _ pointer: RegisterState, _ offset: Int64, in state: inout MachineState) {
        let fixed = Int64(pointer.offset) + offset
        let start = pointer.range.wide.smin + fixed
        let end = pointer.range.wide.smax + fixed + Int64(size)
        guard start >= -Int64(ProgramLimits.stackBytes), end <= 0, start < end else { return }
        // Bytes that the write may miss stay as uninitialised as they were.
        let mayMiss = pointer.range.constant == nil && !options.mayReadUninitializedStack
        var position = start
        while position < end {
            let place = StackPlace(position)
            let count = min(8 - place.byte, Int(end - position))
            state.withSlot(place.slot, frame: pointer.frame) {
                $0.overwrite(place.byte..<(place.byte + count), .unknown, keepingUninitialized: mayMiss)
            }
            position += Int64(count)
        }
    }

    func applyAtomic(
        _ operation: AtomicOperation, _ size: MemorySize, _ base: Register, _ offset: Int16, _ source: Register,
        to state: inout MachineState
    ) {
        let pointer = state[base]
        let old = load(size, signExtended: false, pointer, offset, state)
        if pointer.kind == .stack { overwrite(size.bytes, pointer, Int64(offset), in: &state) }
        if let result = operation.resultRegister(source: source) { state[result] = old }
    }
}

/// A byte of a stack, by slot and byte in the slot.
struct StackPlace {
    let slot: Int
    let byte: Int

    /// - Parameter position: the offset from the frame pointer, below 0.
    init(_ position: Int64) {
        slot = Int((-position - 1) / 8)
        byte = Int(position & 7)
    }

    /// Where a pointer into the stack points; nil where that is not a known place.
    init?(_ pointer: RegisterState, offset: Int64) {
        guard let variable = pointer.range.constant else { return nil }
        self.init(Int64(pointer.offset) + offset + Int64(bitPattern: variable))
    }
}
