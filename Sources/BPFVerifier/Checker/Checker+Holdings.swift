import BPFModel

// What is taken must be given back, once.
extension Checker {
    /// A program may end only where it holds neither a record nor a lock; functions may return with both.
    func checkHoldings(at place: EndOfProgram, _ state: MachineState) throws(Failure) {
        guard !state.held.isEmpty, place != .exit || state.callers.isEmpty else { return }
        if let lock = state.held.lock { throw .lockHeld(lock, at: place) }
        if let record = state.held.records.first { throw .recordHeld(record, at: place) }
    }

    /// A callback may run any number of times: what it takes it gives back, and nothing else.
    func checkCallbackHoldings(_ state: MachineState) throws(Failure) {
        if let lock = state.held.lock { throw .lockHeldByCallback(lock) }
        let (before, after) = (state.frame.recordsAtEntry, state.held.records)
        guard before != after else { return }
        if let record = after.first(where: { !before.contains($0) }) { throw .recordHeldByCallback(record) }
        if let record = before.first(where: { !after.contains($0) }) { throw .recordReleasedByCallback(record) }
    }

    /// A lock is taken or given back at the one place in the value where it is.
    func checkLock(_ register: Register, isTaken: Bool, _ state: MachineState) throws(Failure) {
        let pointer = state[register]
        guard let map = maps[pointer], let offset = map.lock else {
            throw .argument(register, pointer, expected: "the lock of a map's value")
        }
        try checkLockIsAllowed(map)
        guard !pointer.isVariable, pointer.offset == Int32(clamping: offset) else {
            throw .lockPlace(register, pointer, offset: offset)
        }
        guard !isTaken else { return }
        guard let lock = state.held.lock else { throw .notLocked }
        guard pointer.isSameValue(as: lock.value) else { throw .otherLock(lock) }
    }

    /// Some types have no locks: their programs may interrupt one that holds it.
    func checkLockIsAllowed(_ map: MapSpec) throws(Failure) {
        guard map.spinLock != nil else { return }
        switch type {
        case .schedCls, .xdp: break
        case .socketFilter, .kprobe, .tracepoint, .rawTracepoint, .seccomp: throw .lockOfType(type)
        }
    }

    /// The bytes of a lock are the helpers' alone.
    func checkLockIsUntouched(
        _ register: Register, _ pointer: RegisterState, _ offset: Int64, _ size: Int64, _ map: MapSpec
    ) throws(Failure) {
        guard let lock = map.lock.map(Int64.init) else { return }
        let start = pointer.range.wide.smin + Int64(pointer.offset) + offset
        let end = Int64(clamping: pointer.range.wide.umax) + Int64(pointer.offset) + offset + size
        guard start >= lock + 4 || end <= lock else { throw .lockAccess(register, pointer, lock: lock) }
    }
}

extension RegisterState {
    /// Whether both point into one and the same value of a map.
    fileprivate func isSameValue(as other: RegisterState) -> Bool {
        kind == other.kind && extent == other.extent && frame == other.frame && id == other.id
    }
}
