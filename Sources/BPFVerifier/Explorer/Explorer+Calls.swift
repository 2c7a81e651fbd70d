import BPFModel

extension Explorer {
    /// Goes over a helper call; the paths on which it doesn't simply return wait.
    mutating func call(_ id: Int32, at index: Int) throws(Failure) {
        guard let helper = options.helpers.row(of: id) else { return }
        if let callback = helper.callback { try callBack(callback, at: index) }
        if id == HelperPrototype.tailCall.id, !state.callers.isEmpty {
            guard !state.frame.isCallback else { throw .tailCallInCallback }
            var other = state
            if let next = transformer.leaveByTailCall(&other) { try wait(other, at: next, from: index) }
        }
        transformer.call(helper, at: index, in: &state)
    }

    /// A callback is followed as long as the helper may go on calling it: from the call, to which it returns.
    ///
    /// Where it brings nothing new, the state at the call is covered by an earlier one, and the path ends.
    private mutating func callBack(
        _ callback: (kind: HelperPrototype.Callback, function: Register), at index: Int
    ) throws(Failure) {
        let function = Int(state[callback.function].extent)
        guard flow.functionStarts.indices.contains(function) else { return }
        if callback.kind == .loop {
            guard UInt64(state.frame.turns) < state[.r1].range.wide.umax else {
                state.demand(state[.r1])
                state.frame.turns = 0
                return
            }
        }
        var other = state
        transformer.enter(callback.kind, function: function, callSite: index, in: &other)
        try wait(other, at: flow.functionStarts[function], from: index)
        state.frame.turns = 0
    }

    /// Comes back from a callback to the call of the helper.
    ///
    /// Numbers that changed since the last turn, and that nothing relied on yet, are forgotten: so the state is soon
    /// one that a turn doesn't change any more.
    mutating func returnFromCallback() -> Int? {
        guard let index = transformer.leave(&state) else { return nil }
        checkpoints.rely(on: state.demanded, from: checkpoint)
        state.demanded = .none
        var cursor = checkpoint
        while cursor >= 0 {
            if checkpoints[cursor].index == index, checkpoints[cursor].state.isCalledAs(state) {
                let precise = mayTakeAllTurns(at: index) ? checkpoints[cursor].precise : .none
                state.widen(since: checkpoints[cursor].state, except: precise)
                return index
            }
            cursor = checkpoints[cursor].parent
        }
        return index
    }

    /// Whether numbers that the proof relies on may keep every turn of a helper's calls apart.
    ///
    /// Where there may be too many, the proof tries to do without them.
    private func mayTakeAllTurns(at index: Int) -> Bool {
        if state.frame.turns < 256 { return true }
        guard code[index].callback == .loop, let count = state[.r1].constant else { return false }
        return count <= 1 << 16
    }

    /// Lets a path wait that forks off at a call.
    private mutating func wait(_ state: MachineState, at index: Int, from origin: Int) throws(Failure) {
        guard pending.count < ProgramLimits.pendingBranches else {
            throw .tooManyBranches(ProgramLimits.pendingBranches)
        }
        let end = trail.fork(at: origin, processed: statistics.processed)
        pending.append(Pending(state: state, index: index, checkpoint: checkpoint, trail: end))
        statistics.peakPending = max(statistics.peakPending, pending.count)
        checkpoints.addPath(checkpoint)
    }
}
