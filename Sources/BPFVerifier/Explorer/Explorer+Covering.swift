extension Explorer {
    /// Whether an earlier path through this instruction covers the current state; if none does, the state may
    /// become a checkpoint itself.
    mutating func isCovered(at index: Int) throws(Failure) -> Bool {
        var cursor = checkpoints.first(at: index)
        var previous: Int32 = -1
        while cursor >= 0 {
            let next = checkpoints.items[Int(cursor)].next
            if checkpoints.items[Int(cursor)].openPaths > 0 {
                if flow.callsBack(at: index) {
                    if covers(cursor, at: index, inLoop: true) { return true }
                } else if Subsumption.equal(
                    checkpoints.items[Int(cursor)].state, state, at: index, live: liveness.registers)
                {
                    throw .infiniteLoop
                }
            } else if covers(cursor, at: index, inLoop: checkpoints.items[Int(cursor)].isInLoop) {
                return true
            }
            checkpoints[cursor].misses += 1
            let isOpen = checkpoints.items[Int(cursor)].openPaths > 0
            if checkpoints.items[Int(cursor)].isUseless, !isOpen || !flow.callsBack(at: index) {
                checkpoints.unlink(cursor, after: previous, at: index)
            } else {
                previous = cursor
            }
            cursor = next
        }
        if keepsState || flow.callsBack(at: index) { makeCheckpoint(at: index) }
        return false
    }

    /// Whether the current state is worth keeping.
    private var keepsState: Bool {
        switch options.pruning {
        case .none: false
        case .always: true
        // Where control only goes forward, and no path waits, none will come here again.
        case .sparse:
            sinceCheckpoint.jumps >= 2 && sinceCheckpoint.instructions >= spacing
                && (flow.mayRevisit || !pending.isEmpty)
        }
    }

    /// The fewest instructions between checkpoints.
    ///
    /// It grows with what is kept, so that hostile programs come to the limit of instructions before they have taken a
    /// hundred megabytes.
    private var spacing: Int { 8 + checkpoints.size / 4096 }

    /// Where a checkpoint covers the state, the path here relies on what the proof from there relied on.
    ///
    /// - Parameter inLoop: whether the proof from there isn't at its end, and may come to rely on any number.
    private mutating func covers(_ cursor: Int32, at index: Int, inLoop: Bool) -> Bool {
        let precise = options.recordsClaims || inLoop ? .everything : checkpoints.items[Int(cursor)].precise
        guard
            Subsumption.covers(
                checkpoints.items[Int(cursor)].state, state, at: index, precise: precise, live: liveness.registers,
                options: options)
        else { return false }
        checkpoints[cursor].hits += 1
        noteUnwrittenStack(than: checkpoints.items[Int(cursor)].state)
        checkpoints.rely(on: state.dependencies(of: checkpoints.items[Int(cursor)].precise), from: checkpoint)
        if inLoop { loops.close(state, from: checkpoint, to: cursor, &checkpoints) }
        return true
    }

    /// What follows may read bytes of the stack that were written on the earlier path only.
    private mutating func noteUnwrittenStack(than earlier: MachineState) {
        guard options.mayReadUninitializedStack, !coversUnwrittenStack else { return }
        coversUnwrittenStack = state.hasWrittenLess(than: earlier)
    }

    private mutating func makeCheckpoint(at index: Int) {
        state.forgetLonelyIDs()
        checkpoint = checkpoints.add(state, at: index, parent: checkpoint)
        state.resetDependencies()
        sinceCheckpoint = (0, 0)
        statistics.checkpoints += 1
        statistics.peakStates = max(statistics.peakStates, checkpoints.count)
    }
}
