import BPFModel

/// What a step of a path reads and changes.
struct StepUse {
    private let instruction: Instruction
    private let frame: Int
    private let nextFrame: Int
    private let slot: Place?
    /// The registers it reads, and the stack where it loads from a known slot.
    let reads: Set<Place>
    /// What it writes, and of what it tells something.
    let changes: Set<Place>
    /// What it writes whole: nothing from before is left of it.
    let overwritten: Set<Place>

    init(_ trace: PathTrace, _ position: Int) {
        let step = trace.steps[position]
        instruction = trace.instruction(of: position)
        frame = Int(step.frame)
        nextFrame = Int(step.nextFrame)
        slot = step.slot
        let use = RegisterUse(instruction)
        reads = Self.places(use.reads, frame: frame).union(instruction.isLoad ? slot.map { [$0] } ?? [] : [])
        var written = Self.places(use.writes, frame: frame)
        if nextFrame > frame { written.formUnion(Self.places(RegisterUse.all, frame: nextFrame)) }
        if nextFrame < frame { written.insert(Place(.r0, frame: nextFrame)) }
        if instruction.overwritesSlot, let slot { written.insert(slot) }
        overwritten = written
        changes = written.union(trace.changes(at: position))
    }

    private static func places(_ registers: UInt16, frame: Int) -> Set<Place> {
        Set(Register.allCases.filter { registers & RegisterUse.bit($0) != 0 }.map { Place($0, frame: frame) })
    }

    /// What the knowledge of something the step changes comes from.
    func sources(of place: Place) -> Set<Place> {
        if nextFrame > frame, place.frame == nextFrame {
            guard let register = place.register, Register.arguments.contains(register) else { return [] }
            guard let callback = instruction.callback else { return [Place(register, frame: frame)] }
            return callback.source(of: register).map { [Place($0, frame: frame)] } ?? []
        }
        if nextFrame < frame { return place.register == .r0 ? [Place(.r0, frame: frame)] : [] }
        switch instruction {
        // What is loaded from elsewhere is any number, wherever it is loaded from.
        case .load, .loadAcquire, .atomic: return slot.map { [$0] } ?? []
        case .store(_, _, _, let source): return place == slot ? source.places(frame: frame) : reads
        case .storeRelease(_, _, _, let source): return [Place(source, frame: frame)]
        case .alu, .negate, .moveSignExtended, .byteSwap, .branch: return reads
        case .call(.helper(let id)): return sources(ofCall: id, place)
        case .loadWide, .loadPacket, .jump, .longJump, .call(.local), .call(.platform), .exit: return []
        }
    }

    private func sources(ofCall id: Int32, _ place: Place) -> Set<Place> {
        guard let register = place.register else { return reads }
        guard register == .r0, let helper = HelperPrototype.row(of: id) else { return [] }
        switch helper.result {
        case .scalar, .nothing: return []
        case .mapValueOrNull, .recordOrNull: return [Place(.r1, frame: frame)]
        }
    }
}

extension HelperPrototype.Callback {
    /// The argument of the helper that one of the callback's comes from.
    fileprivate func source(of register: Register) -> Register? {
        switch (self, register) {
        case (.loop, .r2), (.element, .r4): .r3
        case (.element, .r1), (.element, .r2), (.element, .r3): .r1
        case (.loop, _), (.element, _): nil
        }
    }
}

extension RegisterUse {
    /// `r0` through `r9`.
    fileprivate static let all: UInt16 = 0b11_1111_1111
}

extension Operand {
    fileprivate func places(frame: Int) -> Set<Place> {
        switch self {
        case .register(let register): [Place(register, frame: frame)]
        case .immediate: []
        }
    }
}

extension Instruction {
    fileprivate var isLoad: Bool {
        switch self {
        case .load, .loadAcquire, .atomic: true
        case .alu, .negate, .moveSignExtended, .byteSwap, .store, .storeRelease, .loadWide, .loadPacket, .jump,
            .longJump, .branch, .call, .exit:
            false
        }
    }

    /// Whether it stores all eight bytes of what it accesses.
    fileprivate var overwritesSlot: Bool {
        switch self {
        case .store(.double, _, _, _), .storeRelease(.double, _, _, _): true
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .jump, .longJump, .branch, .call, .exit:
            false
        }
    }
}
