import BPFModel

/// What the explorer finds out for the engines.
struct Record {
    private(set) var reachable: [Bool]
    private(set) var accesses: [ProgramFacts.Access?]
    private(set) var outcomes: [ProgramFacts.BranchOutcomes]
    /// For each function, how deep its own stack is used, in bytes.
    private(set) var stackBytes: [Int]

    init(count: Int, functions: Int) {
        reachable = [Bool](repeating: false, count: count)
        accesses = [ProgramFacts.Access?](repeating: nil, count: count)
        outcomes = [ProgramFacts.BranchOutcomes](repeating: [], count: count)
        stackBytes = [Int](repeating: 0, count: functions)
    }

    mutating func decide(_ outcome: Bool, at index: Int) {
        outcomes[index].insert(outcome ? .taken : .notTaken)
    }

    /// Notes an instruction whose assertions hold.
    ///
    /// - Throws: ``Failure`` where it accesses the context on one path and other memory on another.
    mutating func visit(
        _ instruction: Instruction, at index: Int, _ state: MachineState, _ layout: ContextLayout
    ) throws(Failure) {
        reachable[index] = true
        switch instruction {
        case .load(let size, _, _, let base, let offset), .store(let size, let base, let offset, _),
            .loadAcquire(let size, _, let base, let offset), .storeRelease(let size, let base, let offset, _):
            try access(state, base, offset, size, at: index, layout)
        case .atomic(_, let width, let base, let offset, _):
            try access(state, base, offset, width.memorySize, at: index, layout)
        case .call(.helper):
            for register in Register.arguments { useStack(state, state[register], 0) }
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            break
        }
    }

    private mutating func access(
        _ state: MachineState, _ base: Register, _ offset: Int16, _ size: MemorySize, at index: Int,
        _ layout: ContextLayout
    ) throws(Failure) {
        let pointer = state[base]
        var access = ProgramFacts.Access.memory
        if pointer.kind == .context, let field = layout.field(at: Int(offset), size: size.bytes) {
            access = .context(field)
        }
        guard accesses[index] == nil || accesses[index] == access else { throw .mixedAccess }
        accesses[index] = access
        useStack(state, pointer, offset)
    }

    private mutating func useStack(_ state: MachineState, _ pointer: RegisterState, _ offset: Int16) {
        guard pointer.kind == .stack else { return }
        let lowest = Int64(pointer.offset) + Int64(offset) + pointer.range.wide.smin
        guard lowest < 0, lowest >= -Int64(ProgramLimits.stackBytes) else { return }
        let frame = pointer.frame == state.frame.number ? state.frame : state.callers[Int(pointer.frame)]
        let function = Int(frame.function)
        stackBytes[function] = max(stackBytes[function], Int(-lowest))
    }
}
