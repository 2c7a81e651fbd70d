import BPFModel

/// What the explorer finds out for the engines.
struct Record {
    private(set) var reachable: [Bool]
    private(set) var accesses: [ProgramFacts.Access?]
    /// For each access, whether it is one of the context, even where that is plain memory.
    private var isOfContext: [Bool]
    private(set) var outcomes: [ProgramFacts.BranchOutcomes]
    private(set) var calls = Agreements<ProgramFacts.HelperCall>()
    private(set) var windows = Agreements<ProgramFacts.PacketWindow>()
    private(set) var loadedNumbers = Agreements<UInt64>()
    /// For each function, how deep its own stack is used, in bytes.
    private(set) var stackBytes: [Int]
    /// The helper calls that call back, with the functions they were given.
    private(set) var callbacks: Set<CallGraph.Call> = []

    init(count: Int, functions: Int) {
        reachable = [Bool](repeating: false, count: count)
        accesses = [ProgramFacts.Access?](repeating: nil, count: count)
        isOfContext = [Bool](repeating: false, count: count)
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
        _ instruction: Instruction, at index: Int, _ state: MachineState, _ transformer: Transformer
    ) throws(Failure) {
        let isFirst = !reachable[index]
        reachable[index] = true
        switch instruction {
        case .load(let size, let signExtended, _, let base, let offset):
            try access(state, base, offset, size, at: index, isFirst, transformer.layout)
            let isOfMap = state[base].kind == .mapValue
            loadedNumbers.see(
                isOfMap
                    ? transformer.load(size, signExtended: signExtended, state[base], offset, state).constant : nil,
                at: index, isFirst)
        case .store(let size, let base, let offset, _), .loadAcquire(let size, _, let base, let offset),
            .storeRelease(let size, let base, let offset, _):
            try access(state, base, offset, size, at: index, isFirst, transformer.layout)
        case .atomic(_, let width, let base, let offset, _):
            try access(state, base, offset, width.memorySize, at: index, isFirst, transformer.layout)
        case .call(.helper(let id)):
            call(id, at: index, isFirst, state)
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            break
        }
    }

    private mutating func access(
        _ state: MachineState, _ base: Register, _ offset: Int16, _ size: MemorySize, at index: Int,
        _ isFirst: Bool, _ layout: ContextLayout
    ) throws(Failure) {
        let pointer = state[base]
        var access = ProgramFacts.Access.memory
        if pointer.kind == .context, let field = layout.field(at: Int(offset), size: size.bytes) {
            access = .context(field.id)
        }
        let isContext = pointer.kind == .context
        guard isFirst || accesses[index] == access && isOfContext[index] == isContext else {
            throw .mixedAccess
        }
        accesses[index] = access
        isOfContext[index] = isContext
        useStack(state, pointer, offset)
        seePacket(pointer, Int(offset), at: index, isFirst)
    }

    private mutating func call(_ id: Int32, at index: Int, _ isFirst: Bool, _ state: MachineState) {
        for register in Register.arguments { useStack(state, state[register], 0) }
        guard let helper = HelperPrototype.row(of: id) else { return }
        var found = ProgramFacts.HelperCall()
        for (register, argument) in zip(Register.arguments, helper.arguments) where argument == .map {
            found.map = state[register].isOfInnerMap ? nil : state[register].extent
        }
        if let callback = helper.callback {
            let function = Int(state[callback.function].extent)
            callbacks.insert(CallGraph.Call(site: index, callee: function))
            found.function = function
        }
        calls.see(found, at: index, isFirst) { known, found in
            if known.map != found.map { known.map = nil }
            if known.function != found.function { known.function = nil }
            return true
        }
    }

    private mutating func seePacket(_ pointer: RegisterState, _ offset: Int, at index: Int, _ isFirst: Bool) {
        guard pointer.kind.isPacket else { return windows.see(nil, at: index, isFirst) }
        let start = Int(pointer.offset) + offset
        let found = ProgramFacts.PacketWindow(
            offset: pointer.isVariable ? nil : start, count: Int(pointer.extent) - start,
            isMetadata: pointer.kind == .packetMeta)
        windows.see(found, at: index, isFirst) { known, found in
            if known.offset != found.offset { known.offset = nil }
            known.count = min(known.count, found.count)
            return known.isMetadata == found.isMetadata
        }
    }

    private mutating func useStack(_ state: MachineState, _ pointer: RegisterState, _ offset: Int16) {
        guard pointer.kind == .stack else { return }
        let lowest = Int64(pointer.offset) + Int64(offset) + pointer.range.wide.smin
        guard lowest < 0, lowest >= -Int64(ProgramLimits.stackBytes) else { return }
        let function = Int(state.function(ofFrame: pointer.frame))
        stackBytes[function] = max(stackBytes[function], Int(-lowest))
    }
}
