import BPFModel

/// Everything known at one point of one path.
struct MachineState: Sendable {
    /// The function being executed.
    var frame: Frame
    /// The functions waiting for it, the main program first.
    var callers: [Frame] = []
    /// What must be given back before the program ends.
    var held = Holdings.none
    /// What the proof relied on since the last checkpoint and has not yet told it.
    var demanded = Dependencies.none
    /// The last id that was given out.
    private var lastID: UInt32 = 0

    init(entry: ProgramEntry) {
        frame = Frame(number: 0, callSite: -1, function: 0)
        switch entry {
        case .context:
            frame[.r1] = .pointer(.context)
        case .memory(let size):
            frame[.r1] = .pointer(.memory, extent: Int32(clamping: size))
            frame[.r2] = .constant(UInt64(max(0, size)))
        }
    }

    /// Stands where a state is no longer needed.
    static let forgotten = MachineState(entry: .context)

    /// How many registers and slots of the stack there are in all frames.
    var size: Int { callers.reduce(frame.size) { $0 + $1.size } }

    /// An id nothing in this state has.
    mutating func makeID() -> UInt32 {
        lastID &+= 1
        return lastID
    }

    /// The number of frames.
    var depth: Int { callers.count + 1 }

    /// The function that a frame belongs to, by its number in the program.
    func function(ofFrame number: UInt8) -> Int32 {
        number == frame.number ? frame.function : callers[Int(number)].function
    }

    subscript(register: Register) -> RegisterState {
        @inline(__always) get { frame[register] }
        @inline(__always) set { frame[register] = newValue }
        @inline(__always) _modify { yield &frame[register] }
    }

    /// The value of an operand; immediates are sign-extended.
    func value(of operand: Operand) -> RegisterState {
        switch operand {
        case .register(let register): frame[register]
        case .immediate(let number): .constant(UInt64(truncatingIfNeeded: number))
        }
    }

    /// A slot of a frame; slots never written are uninitialised.
    func slot(_ index: Int, frame number: UInt8) -> StackSlot {
        number == frame.number ? Self.slot(index, of: frame) : Self.slot(index, of: callers[Int(number)])
    }

    private static func slot(_ index: Int, of frame: Frame) -> StackSlot {
        index < frame.stack.count ? frame.stack[index] : .uninitialized
    }

    /// Changes a slot of a frame.
    mutating func withSlot(_ index: Int, frame number: UInt8, _ change: (inout StackSlot) -> Void) {
        if number == frame.number {
            frame.reserve(slot: index)
            change(&frame.stack[index])
        } else {
            callers[Int(number)].reserve(slot: index)
            change(&callers[Int(number)].stack[index])
        }
    }

    /// Changes every register and spilled register of every frame that `condition` selects.
    mutating func forEachRegister(where condition: (RegisterState) -> Bool, _ change: (inout RegisterState) -> Void) {
        frame.forEachRegister(where: condition, change)
        for index in callers.indices { callers[index].forEachRegister(where: condition, change) }
    }

    /// Remembers that the proof relies on the number in a register.
    mutating func demand(_ register: RegisterState) {
        if register.kind == .scalar { demanded.formUnion(register.dependencies) }
    }
}

// MARK: Dependencies

extension MachineState {
    /// Starts counting dependencies anew: every number depends on itself alone.
    mutating func resetDependencies() {
        for number in 0..<10 { frame[number: number].dependencies = .register(number) }
        for slot in frame.stack.indices where frame.stack[slot].holdsSpill {
            frame.stack[slot].register.dependencies = .slot(slot)
        }
        for caller in callers.indices {
            callers[caller].forEachRegister(where: { _ in true }) { $0.dependencies = .everythingElse }
        }
    }

    /// Forgets the ids of numbers that no copy shares any more: they would only keep states from covering others.
    mutating func forgetLonelyIDs() {
        var once: [UInt32] = []
        var shared: Set<UInt32> = []
        func count(_ register: RegisterState) {
            guard register.kind == .scalar, register.id != 0, !shared.contains(register.id) else { return }
            if once.contains(register.id) { shared.insert(register.id) } else { once.append(register.id) }
        }
        func count(_ frame: Frame) {
            for number in 0..<10 { count(frame[number: number]) }
            for slot in frame.stack.indices where frame.stack[slot].holdsSpill { count(frame.stack[slot].register) }
        }
        count(frame)
        for caller in callers.indices { count(callers[caller]) }
        guard once.contains(where: { !shared.contains($0) }) else { return }
        forEachRegister(where: { $0.kind == .scalar && $0.id != 0 && !shared.contains($0.id) }) {
            $0.id = 0
            $0.offset = 0
        }
    }

    /// What the given registers and slots of this state were computed from.
    func dependencies(of members: Dependencies) -> Dependencies {
        var result = Dependencies.none
        forEachNumber(of: members) { _, origin in result.formUnion(origin) }
        return result
    }

    /// Goes over the numbers in the given registers and slots, with what each was computed from.
    func forEachNumber(of members: Dependencies, _ visit: (_ member: Dependencies, _ origin: Dependencies) -> Void) {
        func visitNumber(_ register: RegisterState, _ member: Dependencies) {
            if register.kind == .scalar { visit(member, register.dependencies) }
        }
        for number in 0..<10 where members.contains(.register(number)) {
            visitNumber(frame[number: number], .register(number))
        }
        for slot in frame.stack.indices where frame.stack[slot].holdsSpill && members.contains(.slot(slot)) {
            visitNumber(frame.stack[slot].register, .slot(slot))
        }
        guard members.contains(.everythingElse) else { return }
        for caller in callers {
            for number in 0..<10 { visitNumber(caller[number: number], .everythingElse) }
            for slot in caller.stack where slot.holdsSpill { visitNumber(slot.register, .everythingElse) }
        }
    }
}
