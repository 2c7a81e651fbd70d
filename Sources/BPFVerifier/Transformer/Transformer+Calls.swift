import BPFModel

extension Transformer {
    func call(_ helper: HelperPrototype, in state: inout MachineState) {
        fillMemory(helper, in: &state)
        let result = result(of: helper, in: &state)
        clobberArguments(&state)
        if helper.changesPacket {
            state.forEachRegister(where: { $0.kind.isPacket || $0.kind == .packetEnd }) { $0 = .unknown }
        }
        state[.r0] = result
    }

    /// Memory the helper fills holds anything afterwards; the proof relies on how much that is.
    private func fillMemory(_ helper: HelperPrototype, in state: inout MachineState) {
        for (index, argument) in helper.arguments.enumerated() {
            switch argument {
            case .anything, .context, .map, .mapKey, .mapValue, .writableMapValue, .readableMemory,
                .readableMemoryOrNull, .writableMemory, .writableDouble, .constantString, .recordSize, .record,
                .spinLock, .callback, .callbackContext:
                continue
            case .size, .sizeOrZero: break
            }
            let size = state[Register.arguments[index]]
            state.demand(size)
            guard index > 0, helper.arguments[index - 1] == .writableMemory else { continue }
            let pointer = state[Register.arguments[index - 1]]
            guard pointer.kind == .stack else { continue }
            overwrite(Int(clamping: size.range.wide.umax), pointer, 0, in: &state)
        }
    }

    private func result(of helper: HelperPrototype, in state: inout MachineState) -> RegisterState {
        switch helper.result {
        case .scalar: .unknown
        case .nothing, .recordOrNull: .uninitialized
        case .mapValueOrNull:
            .pointer(
                hasKey(&state) ? .mapValue : .mapValueOrNull, id: state.makeID(), extent: state[.r1].extent)
        }
    }

    /// Whether the map is an array, and the key in memory a known index inside it: then the lookup can't fail.
    private func hasKey(_ state: inout MachineState) -> Bool {
        guard let map = maps[state[.r1].extent], map.type.hasDirectValue, state[.r2].kind == .stack else {
            return false
        }
        guard let place = StackPlace(state[.r2], offset: 0), place.byte + map.keySize <= 8 else { return false }
        let slot = state.slot(place.slot, frame: state[.r2].frame)
        // A spilled number counts if it was stored with the size of the key, as in Linux.
        guard !slot.holdsSpill || slot.spillSize == map.keySize else { return false }
        let key = load(.word, signExtended: false, state[.r2], 0, state)
        guard let index = key.constant, index < UInt64(clamping: map.maxEntries) else { return false }
        state.demand(key)
        return true
    }

    /// Enters a function: arguments are passed on, everything else is unknown to it.
    func enter(function: Int, callSite: Int, in state: inout MachineState) {
        var frame = Frame(number: UInt8(state.depth), callSite: Int32(callSite), function: Int32(function))
        for register in Register.arguments { frame[register] = state[register] }
        clobberArguments(&state)
        state[.r0] = .uninitialized
        state.callers.append(state.frame)
        state.frame = frame
    }

    /// Leaves a function; returns the call to go on after, or nil where the main program ends.
    func leave(_ state: inout MachineState) -> Int? {
        guard var caller = state.callers.popLast() else { return nil }
        caller[.r0] = state[.r0]
        let callSite = Int(state.frame.callSite)
        state.frame = caller
        return callSite
    }
}
