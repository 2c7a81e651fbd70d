import BPFModel

// Functions of the program, called by it or by helpers.
extension Transformer {
    /// Enters a function: arguments are passed on, everything else is unknown to it.
    func enter(function: Int, callSite: Int, in state: inout MachineState) {
        var frame = Frame(number: UInt8(state.depth), callSite: Int32(callSite), function: Int32(function))
        for register in Register.arguments { frame[register] = state[register] }
        clobberArguments(&state)
        state[.r0] = .uninitialized
        state.callers.append(state.frame)
        state.frame = frame
    }

    /// Enters a function that a helper calls; its caller stays as it was before the call.
    func enter(
        _ callback: HelperPrototype.Callback, function: Int, callSite: Int, in state: inout MachineState
    ) {
        var frame = Frame(
            number: UInt8(state.depth), callSite: Int32(callSite), function: Int32(function), isCallback: true)
        switch callback {
        case .loop:
            frame[.r1] = .unknown
            frame[.r2] = state[.r3]
        case .element:
            let map = state[.r1]
            frame[.r1] = map
            frame[.r2] = .pointer(.mapKey, frame: map.frame, extent: map.extent)
            frame[.r3] = .pointer(.mapValue, frame: map.frame, id: state.makeID(), extent: map.extent)
            if !keepsID(frame[.r3]) { frame[.r3].id = 0 }
            frame[.r4] = state[.r3]
        }
        frame.recordsAtEntry = state.held.records
        state.frame.turns += 1
        state.callers.append(state.frame)
        state.frame = frame
    }

    /// Leaves a function; returns the instruction to go on at, or nil where the main program ends.
    ///
    /// A callback comes back to the call, since the helper may call it again.
    func leave(_ state: inout MachineState) -> Int? {
        guard var caller = state.callers.popLast() else { return nil }
        let callSite = Int(state.frame.callSite)
        let isCallback = state.frame.isCallback
        if isCallback { state.demand(state[.r0]) } else { caller[.r0] = state[.r0] }
        state.frame = caller
        return isCallback ? callSite : callSite + 1
    }

    /// Leaves a function by a tail call: the program that goes on returns to its caller.
    func leaveByTailCall(_ state: inout MachineState) -> Int? {
        forgetPacket(in: &state)
        state[.r0] = .unknown
        return leave(&state)
    }
}
