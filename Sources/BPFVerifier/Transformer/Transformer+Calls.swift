import BPFModel

extension Transformer {
    /// What a helper leaves behind.
    ///
    /// - Parameter index: the call, which a record that is reserved there is known by.
    func call(_ helper: HelperPrototype, at index: Int, in state: inout MachineState) {
        for (register, argument) in zip(Register.arguments, helper.arguments) {
            take(argument, in: register, of: helper, at: index, in: &state)
        }
        let result = result(of: helper, at: index, in: &state)
        clobberArguments(&state)
        if helper.changesPacket { forgetPacket(in: &state) }
        state[.r0] = result
    }

    /// Packets may have moved: their old addresses are worth nothing.
    func forgetPacket(in state: inout MachineState) {
        let stale = stale
        state.forEachRegister(where: { $0.kind.isPacket || $0.kind == .packetEnd }) { $0 = stale }
    }

    /// An address that nothing is at any more: a number, for those who may see it.
    private var stale: RegisterState { options.mayLeakPointers ? .unknown : .uninitialized }

    private func take(
        _ argument: HelperPrototype.Argument, in register: Register, of helper: HelperPrototype, at index: Int,
        in state: inout MachineState
    ) {
        switch argument {
        case .size, .sizeOrZero, .recordSize: state.demand(state[register])
        case .writableMemory: fill(register, upTo: state[next(register)].range.wide.umax, in: &state)
        case .writableMapValue: fill(register, upTo: UInt64(maps[state[.r1]]?.valueSize ?? 0), in: &state)
        case .writableDouble: fill(register, upTo: 8, in: &state)
        case .record: release(state[register].id, in: &state)
        case .spinLock:
            let isTaken = helper.id == HelperPrototype.spinLock.id
            state.held.lock = isTaken ? Holdings.Lock(value: state[register], instruction: Int32(index)) : nil
        case .anything, .context, .map, .mapKey, .mapValue, .readableMemory, .readableMemoryOrNull, .constantString,
            .callback, .callbackContext:
            break
        }
    }

    private func next(_ register: Register) -> Register {
        Register.arguments.first { $0.rawValue == register.rawValue + 1 } ?? register
    }

    /// Memory that a helper fills holds anything afterwards; only the stack is tracked.
    private func fill(_ register: Register, upTo size: UInt64, in state: inout MachineState) {
        guard state[register].kind == .stack else { return }
        overwrite(Int(clamping: size), state[register], 0, in: &state)
    }

    /// A record that was given back is gone, under all its names.
    private func release(_ id: UInt32, in state: inout MachineState) {
        guard state.held.release(id) else { return }
        let stale = stale
        state.forEachRegister(where: { $0.kind == .record && $0.id == id }) { $0 = stale }
    }

    private func result(
        of helper: HelperPrototype, at index: Int, in state: inout MachineState
    ) -> RegisterState {
        switch helper.result {
        case .scalar: return .unknown
        case .nothing: return .uninitialized
        case .mapValueOrNull: return foundValue(helper, in: &state)
        case .recordOrNull:
            let id = state.makeID()
            state.held.records.append(Holdings.Record(id: id, instruction: Int32(index)))
            let size = UInt32(truncatingIfNeeded: state[.r2].constant ?? 0)
            return .pointer(.recordOrNull, id: id, extent: Int32(clamping: size))
        }
    }

    private func foundValue(_ helper: HelperPrototype, in state: inout MachineState) -> RegisterState {
        let map = state[.r1]
        var value = RegisterState.pointer(
            .mapValueOrNull, frame: map.frame, id: state.makeID(), extent: map.extent)
        if maps[map]?.type.holdsMaps == true {
            value.kind = .mapOrNull
            value.frame = 1
        } else if helper.id == HelperPrototype.mapLookupElement.id, hasKey(&state) {
            value.kind = .mapValue
            if !keepsID(value) { value.id = 0 }
        }
        return value
    }

    /// Whether the map always has all its entries, and the key in memory is a known index of one: then the lookup
    /// can't fail.
    private func hasKey(_ state: inout MachineState) -> Bool {
        guard let map = maps[state[.r1]], map.type.isAlwaysFull, state[.r2].kind == .stack else { return false }
        guard let place = StackPlace(state[.r2], offset: 0), place.byte + map.keySize <= 8 else { return false }
        let slot = state.slot(place.slot, frame: state[.r2].frame)
        // A spilled number counts if it was stored with the size of the key, as in Linux.
        guard !slot.holdsSpill || slot.spillSize == map.keySize else { return false }
        let key = load(.word, signExtended: false, state[.r2], 0, state)
        guard let index = key.constant, index < UInt64(clamping: map.maxEntries) else { return false }
        state.demand(key)
        return true
    }
}
