import BPFModel

extension MachineState {
    /// Whether the chain of calls is the same.
    func isCalledAs(_ other: MachineState) -> Bool {
        callers.count == other.callers.count && frame.callSite == other.frame.callSite
            && zip(callers, other.callers).allSatisfy { $0.callSite == $1.callSite }
    }

    /// Forgets the numbers that an earlier visit doesn't cover.
    ///
    /// - Parameter precise: the registers and slots of the earlier state that keep their numbers, since the proof
    ///   relies on them.
    mutating func widen(since earlier: MachineState, except precise: Dependencies) {
        frame.widen(since: earlier.frame) { precise.contains($0) }
        guard !precise.contains(.everythingElse) else { return }
        for index in callers.indices { callers[index].widen(since: earlier.callers[index]) { _ in false } }
    }
}

extension Frame {
    fileprivate mutating func widen(since earlier: Frame, except isKept: (Dependencies) -> Bool) {
        for number in 0..<10 where !isKept(.register(number)) {
            self[number: number].widen(since: earlier[number: number], bits: 64)
        }
        for slot in stack.indices where slot < earlier.stack.count && !isKept(.slot(slot)) {
            guard stack[slot].holdsSpill, earlier.stack[slot].holdsSpill else { continue }
            stack[slot].register.widen(since: earlier.stack[slot].register, bits: stack[slot].spillSize * 8)
        }
    }
}

extension RegisterState {
    fileprivate mutating func widen(since earlier: RegisterState, bits: Int) {
        guard kind == .scalar, earlier.kind == .scalar, !earlier.range.contains(range) else { return }
        self = .scalar(.unsigned(bits: bits))
    }
}
