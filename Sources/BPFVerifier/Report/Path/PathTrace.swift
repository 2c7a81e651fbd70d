import BPFModel

/// What happened on a path, instruction by instruction, in few bytes each: paths may have a million.
struct PathTrace {
    struct Step {
        /// The instruction.
        let index: Int32
        /// The function it belongs to, and the one that goes on.
        let frame: UInt8
        let nextFrame: UInt8
        /// The slot of a stack that a load or store is known to access.
        let slot: Place?
        /// Where in `changes` this step's begin.
        let firstChange: Int32
    }

    private(set) var steps: [Step] = []
    /// The places of which something else is known after a step, whether it writes them or tells something.
    private var changes: [Place] = []
    let code: InstructionSequence

    /// Goes along the path of a rejection; nil where it has none.
    init?(_ rejection: VerifierRejection) {
        guard rejection.pathLength > 0, var replay = Replay(rejection) else { return nil }
        code = rejection.program.code
        for _ in 1..<rejection.pathLength {
            let before = replay.state
            let index = replay.index
            guard replay.advance() else { break }
            append(index, before, nextFrame: replay.state.callers.count)
            changes += replay.state.places(changedSince: before)
        }
        append(replay.index, replay.state, nextFrame: replay.state.callers.count)
    }

    private mutating func append(_ index: Int, _ state: MachineState, nextFrame: Int) {
        steps.append(
            Step(
                index: Int32(index), frame: UInt8(state.callers.count), nextFrame: UInt8(nextFrame),
                slot: code[index].stackSlot(in: state), firstChange: Int32(changes.count)))
    }

    func instruction(of position: Int) -> Instruction { code[Int(steps[position].index)] }

    /// The places changed by a step.
    func changes(at position: Int) -> ArraySlice<Place> {
        let end = position + 1 < steps.count ? Int(steps[position + 1].firstChange) : changes.count
        return changes[Int(steps[position].firstChange)..<end]
    }

    /// Whether a step enters a function.
    func isCall(at position: Int) -> Bool { steps[position].nextFrame > steps[position].frame }

    /// Whether the conditional jump of a step is taken; nil for other instructions and for the last step.
    func taken(at position: Int) -> Bool? {
        guard case .branch = instruction(of: position), position + 1 < steps.count else { return nil }
        return steps[position + 1].index != steps[position].index + 1
    }
}

extension Instruction {
    /// The slot of the stack that the instruction is known to access.
    fileprivate func stackSlot(in state: MachineState) -> Place? {
        let (base, offset): (Register, Int16)
        switch self {
        case .load(_, _, _, let register, let distance), .store(_, let register, let distance, _),
            .atomic(_, _, let register, let distance, _), .loadAcquire(_, _, let register, let distance),
            .storeRelease(_, let register, let distance, _):
            (base, offset) = (register, distance)
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            return nil
        }
        let pointer = state[base]
        guard pointer.kind == .stack, let place = StackPlace(pointer, offset: Int64(offset)),
            (0..<ProgramLimits.stackBytes / 8).contains(place.slot)
        else { return nil }
        return Place(slot: place.slot, frame: Int(pointer.frame))
    }
}

extension MachineState {
    /// The registers and slots of which something else is known than in an older state, in functions both have.
    fileprivate func places(changedSince old: MachineState) -> [Place] {
        var places: [Place] = []
        for number in 0..<min(depth, old.depth) {
            let now = number == callers.count ? frame : callers[number]
            let then = number == old.callers.count ? old.frame : old.callers[number]
            for register in Register.allCases where !now[register].says(then[register]) {
                places.append(Place(register, frame: number))
            }
            for slot in 0..<max(now.stack.count, then.stack.count) {
                let new = slot < now.stack.count ? now.stack[slot] : .uninitialized
                let old = slot < then.stack.count ? then.stack[slot] : .uninitialized
                if !new.says(old) { places.append(Place(slot: slot, frame: number)) }
            }
        }
        return places
    }
}

extension RegisterState {
    /// Whether the same is known; how it is tied to others doesn't count.
    fileprivate func says(_ other: RegisterState) -> Bool {
        kind == other.kind && frame == other.frame && offset == other.offset && extent == other.extent
            && range == other.range
    }
}

extension StackSlot {
    fileprivate func says(_ other: StackSlot) -> Bool {
        self == other || register.says(other.register) && (0..<8).allSatisfy { self[$0] == other[$0] }
    }
}
