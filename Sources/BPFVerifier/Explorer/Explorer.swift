import BPFModel

/// Follows every path of a program, proving the assertions of each instruction on the way.
///
/// Depth first: at a branch that can go both ways one path is followed, the other one waits. Where paths meet, a
/// path ends if an earlier one has covered all that it allows.
struct Explorer {
    /// A path that waits to be followed.
    struct Pending {
        let state: MachineState
        let index: Int
        let checkpoint: Int32
        let trail: Int32
    }

    let code: InstructionSequence
    let flow: ControlFlow
    let liveness: Liveness
    let checker: Checker
    let transformer: Transformer
    let options: Verifier.Options

    var state: MachineState
    var pending: [Pending] = []
    var checkpoints = Checkpoints()
    var loops = Loops()
    /// The last checkpoint on the path.
    var checkpoint: Int32 = -1
    var trail = Trail()
    var record: Record
    var claims: RegisterClaims?
    /// Whether a path was covered that has written less of the stack than the earlier one.
    var coversUnwrittenStack = false
    var statistics = VerificationStatistics()
    /// Jumps and instructions since a checkpoint was made.
    var sinceCheckpoint = (instructions: 0, jumps: 0)

    init(_ spec: ProgramSpec, entry: ProgramEntry, _ flow: ControlFlow, options: Verifier.Options) {
        code = spec.code
        self.flow = flow
        liveness = Liveness(code, flow)
        checker = Checker(spec, options: options)
        transformer = Transformer(spec, flow, options: options)
        self.options = options
        state = MachineState(entry: entry)
        record = Record(count: code.count, functions: flow.functionStarts.count)
        claims = options.recordsClaims ? RegisterClaims(count: code.count) : nil
        checkpoints.reserve(count: code.count, reusesPlaces: !flow.hasCallbacks)
    }

    /// Whether some path may read stack that was never written.
    var readsUnwrittenStack: Bool { coversUnwrittenStack || checker.unwrittenReads.wereSeen }

    /// Follows all paths from the start.
    mutating func run() throws(Failure.Located) {
        var index = 0
        while true {
            if let next = try step(at: index) {
                index = next
            } else if let waiting = resume() {
                index = waiting
            } else {
                return
            }
        }
    }

    /// Goes over one instruction; nil where the path ends.
    mutating func step(at index: Int) throws(Failure.Located) -> Int? {
        statistics.processed += 1
        sinceCheckpoint.instructions += 1
        guard statistics.processed <= options.instructionLimit else {
            throw Failure.tooManyInstructions(options.instructionLimit).at(index)
        }
        do throws(Failure) {
            if flow.isMeetingPoint[index], try isCovered(at: index) {
                endPath()
                return nil
            }
            claims?.record(state, at: index, live: liveness.registers[index])
            let instruction = code[index]
            try checker.check(instruction, in: state)
            try record.visit(instruction, at: index, state, transformer)
            let next = try execute(instruction, at: index)
            if !state.demanded.isEmpty {
                checkpoints.rely(on: state.demanded, from: checkpoint)
                state.demanded = .none
            }
            if next == nil { endPath() }
            return next
        } catch {
            throw error.at(index)
        }
    }

    private mutating func endPath() {
        checkpoints.endPath(checkpoint)
        loops.settle(&checkpoints)
    }

    /// Moves the state over an instruction; returns the next one, or nil where the program ends.
    private mutating func execute(_ instruction: Instruction, at index: Int) throws(Failure) -> Int? {
        switch instruction {
        case .jump, .longJump:
            sinceCheckpoint.jumps += 1
            return Int(flow.targets[index])
        case .branch(let condition, let width, let left, let right, _):
            sinceCheckpoint.jumps += 1
            return try branch(Comparison(condition: condition, width: width, left: left, right: right), at: index)
        case .call(.local):
            sinceCheckpoint.jumps += 1
            let target = Int(flow.targets[index])
            transformer.enter(function: flow.function(of: target), callSite: index, in: &state)
            return target
        case .call(.helper(let id)):
            try call(id, at: index)
            return index + 1
        case .exit:
            return state.frame.isCallback ? returnFromCallback() : transformer.leave(&state)
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .call(.platform):
            try transformer.apply(instruction, at: index, to: &state)
            return index + 1
        }
    }

    private mutating func branch(_ comparison: Comparison, at index: Int) throws(Failure) -> Int {
        let target = Int(flow.targets[index])
        if let outcome = transformer.decides(comparison, state) {
            rely(on: comparison)
            record.decide(outcome, at: index)
            return outcome ? target : index + 1
        }
        var other = state
        guard transformer.assume(comparison, is: true, in: &other) else {
            rely(on: comparison)
            record.decide(false, at: index)
            return index + 1
        }
        guard transformer.assume(comparison, is: false, in: &state) else {
            rely(on: comparison)
            record.decide(true, at: index)
            return target
        }
        record.decide(true, at: index)
        record.decide(false, at: index)
        guard pending.count < ProgramLimits.pendingBranches else {
            throw .tooManyBranches(ProgramLimits.pendingBranches)
        }
        let end = trail.fork(at: index, processed: statistics.processed)
        pending.append(Pending(state: other, index: target, checkpoint: checkpoint, trail: end))
        statistics.peakPending = max(statistics.peakPending, pending.count)
        checkpoints.addPath(checkpoint)
        return index + 1
    }

    /// A branch that can't go both ways relies on the numbers it compares.
    private mutating func rely(on comparison: Comparison) {
        state.demand(state[comparison.left])
        state.demand(state.value(of: comparison.right))
    }

    /// Takes up the path that has waited for the shortest time.
    mutating func resume() -> Int? {
        guard let waiting = pending.popLast() else { return nil }
        state = waiting.state
        checkpoint = waiting.checkpoint
        trail.resume(waiting.trail, processed: statistics.processed)
        return waiting.index
    }
}
