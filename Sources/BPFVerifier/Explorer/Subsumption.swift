import BPFModel

/// Whether everything a state allows was already proved safe from another state of the same instruction.
struct Subsumption {
    /// Ids of the older state, each with the one that plays its part in the newer state.
    private var ids: [(old: UInt32, new: UInt32)] = []
    private let isExact: Bool
    private let mayReadUninitializedStack: Bool

    private init(isExact: Bool, mayReadUninitializedStack: Bool) {
        self.isExact = isExact
        self.mayReadUninitializedStack = mayReadUninitializedStack
    }

    /// Whether the proof from `old` holds for `new` too.
    ///
    /// - Parameters:
    ///   - precise: the registers and slots whose numbers the proof relied on.
    ///   - live: for each instruction, the registers that may be read.
    static func covers(
        _ old: MachineState, _ new: MachineState, at index: Int, precise: Dependencies, live: [UInt16],
        options: Verifier.Options
    ) -> Bool {
        var comparison = Subsumption(
            isExact: false, mayReadUninitializedStack: options.mayReadUninitializedStack)
        return comparison.compare(old, new, at: index, precise, live)
    }

    /// Whether nothing changed between two states, so that what lies between them could go on for ever.
    static func equal(_ old: MachineState, _ new: MachineState, at index: Int, live: [UInt16]) -> Bool {
        var comparison = Subsumption(isExact: true, mayReadUninitializedStack: false)
        return comparison.compare(old, new, at: index, .none, live)
    }

    private mutating func compare(
        _ old: MachineState, _ new: MachineState, at index: Int, _ precise: Dependencies, _ live: [UInt16]
    ) -> Bool {
        guard old.callers.count == new.callers.count, isAsFar(old.frame, new.frame) else { return false }
        for number in 0..<10 where live[index] & (1 << UInt16(number)) != 0 {
            let isPrecise = precise.contains(.register(number))
            guard covers(old.frame[number: number], new.frame[number: number], isPrecise) else { return false }
        }
        guard coversStack(old.frame.stack, new.frame.stack, precise, ofCaller: false) else { return false }
        var callee = old.frame
        for depth in old.callers.indices.reversed() {
            guard coversCaller(old.callers[depth], new.callers[depth], precise, callee.liveInCaller(live)) else {
                return false
            }
            callee = old.callers[depth]
        }
        return coversHoldings(old.held, new.held)
    }

    /// Whether the newer function was called from the same place, and has no more turns of a loop left.
    private func isAsFar(_ old: Frame, _ new: Frame) -> Bool {
        guard old.callSite == new.callSite else { return false }
        return isExact ? old.turns == new.turns : old.turns <= new.turns
    }

    private mutating func coversHoldings(_ old: Holdings, _ new: Holdings) -> Bool {
        guard old.records.count == new.records.count, (old.lock == nil) == (new.lock == nil) else { return false }
        for (old, new) in zip(old.records, new.records) where !matches(old.id, new.id) { return false }
        guard let lock = old.lock, let other = new.lock else { return true }
        return covers(lock.value, other.value, true)
    }

    private mutating func coversCaller(
        _ old: Frame, _ new: Frame, _ precise: Dependencies, _ live: UInt16
    ) -> Bool {
        guard isAsFar(old, new) else { return false }
        let isPrecise = precise.contains(.everythingElse)
        for number in 0..<10 where live & (1 << UInt16(number)) != 0 {
            guard covers(old[number: number], new[number: number], isPrecise) else { return false }
        }
        return coversStack(old.stack, new.stack, precise, ofCaller: true)
    }
}

// MARK: Registers

extension Subsumption {
    private mutating func covers(_ old: RegisterState, _ new: RegisterState, _ isPrecise: Bool) -> Bool {
        if old.kind == .uninitialized { return !isExact || new.kind == .uninitialized }
        guard old.kind == new.kind else { return false }
        if isExact { return equals(old, new) }
        switch old.kind {
        case .uninitialized: return true
        case .scalar:
            guard isPrecise else { return true }
            return old.range.contains(new.range) && (old.id == 0 || old.offset == new.offset && matches(old.id, new.id))
        case .context, .packetEnd, .map, .function, .stack:
            return old.offset == new.offset && old.extent == new.extent && old.frame == new.frame
                && old.range == new.range
        case .mapValue, .mapKey, .record, .memory:
            return old.offset == new.offset && old.extent == new.extent && old.frame == new.frame
                && old.range.contains(new.range) && (old.id == 0 ? new.id == 0 : matches(old.id, new.id))
        case .mapValueOrNull, .mapOrNull, .recordOrNull:
            return old.extent == new.extent && old.frame == new.frame && matches(old.id, new.id)
        case .packet, .packetMeta:
            return old.offset == new.offset && old.extent <= new.extent && old.range.contains(new.range)
                && (old.id == 0) == (new.id == 0) && (old.id == 0 || matches(old.id, new.id))
        }
    }

    private mutating func equals(_ old: RegisterState, _ new: RegisterState) -> Bool {
        old.offset == new.offset && old.extent == new.extent && old.frame == new.frame && old.range == new.range
            && (old.id == 0 || matches(old.id, new.id))
    }

    /// Whether an id of the newer state can play the part of one of the older, and of no other.
    private mutating func matches(_ old: UInt32, _ new: UInt32) -> Bool {
        for pair in ids {
            if pair.old == old { return pair.new == new && new != 0 }
            if pair.new == new && new != 0 { return false }
        }
        ids.append((old, new))
        return true
    }
}

// MARK: Stack

extension Subsumption {
    private mutating func coversStack(
        _ old: [StackSlot], _ new: [StackSlot], _ precise: Dependencies, ofCaller: Bool
    ) -> Bool {
        if isExact && old.count != new.count { return false }
        for index in old.indices {
            let member = ofCaller ? Dependencies.everythingElse : .slot(index)
            let slot = index < new.count ? new[index] : .uninitialized
            guard covers(old[index], slot, precise.contains(member)) else { return false }
        }
        return true
    }

    private mutating func covers(_ old: StackSlot, _ new: StackSlot, _ isPrecise: Bool) -> Bool {
        if old.holdsSpill && new.holdsSpill && old.spillSize == new.spillSize {
            guard covers(old.register, new.register, isPrecise) else { return false }
        } else if old.holdsSpill {
            guard !isExact, old.register.kind == .scalar, !new.holdsSpill else { return false }
            guard covers(old.register, .unknown, isPrecise) else { return false }
        }
        if old.isWritten(as: new) { return true }
        for byte in 0..<8 {
            guard covers(old[byte], new[byte], spillsMatch: new.holdsSpill == old.holdsSpill) else { return false }
        }
        return true
    }

    /// Whether the contents of a byte can take the place of older ones; spilled registers were compared already.
    private func covers(_ old: StackSlot.Content, _ new: StackSlot.Content, spillsMatch: Bool) -> Bool {
        if old == new { return true }
        if isExact { return false }
        switch old {
        case .uninitialized: return true
        case .unknown: return new != .uninitialized || mayReadUninitializedStack
        case .zero: return false
        case .spilled: return !spillsMatch && (new != .uninitialized || mayReadUninitializedStack)
        }
    }
}
