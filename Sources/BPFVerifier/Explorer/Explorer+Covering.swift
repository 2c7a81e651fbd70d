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
                    if converges(to: cursor, at: index) { return true }
                } else if Subsumption.equal(
                    checkpoints.items[Int(cursor)].state, state, at: index, live: liveness.registers)
                {
                    throw .infiniteLoop
                }
            } else if covers(cursor, at: index) {
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
    private mutating func covers(_ cursor: Int32, at index: Int) -> Bool {
        let precise = options.recordsClaims ? .everything : checkpoints.items[Int(cursor)].precise
        guard
            Subsumption.covers(
                checkpoints.items[Int(cursor)].state, state, at: index, precise: precise, live: liveness.registers,
                options: options)
        else { return false }
        checkpoints[cursor].hits += 1
        checkpoints.rely(on: state.dependencies(of: precise), from: checkpoint)
        return true
    }

    /// Whether a turn of a helper that calls back brings nothing that an earlier one didn't.
    ///
    /// The proof from there is still going on, and may come to rely on any number: none may lie outside.
    private mutating func converges(to cursor: Int32, at index: Int) -> Bool {
        guard
            Subsumption.covers(
                checkpoints.items[Int(cursor)].state, state, at: index, precise: .everything, live: liveness.registers,
                options: options)
        else { return false }
        checkpoints[cursor].hits += 1
        checkpoints.rely(on: state.dependencies(of: .everything), from: checkpoint)
        return true
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
