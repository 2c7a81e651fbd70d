import BPFModel

/// Which steps of a path are shown, and what of each.
struct PathSelection {
    /// A step that is shown.
    struct Step {
        let position: Int
        var before: [Place]
        var after: [Place]
    }

    /// First to last.
    private(set) var steps: [Step] = []
    /// What the steps build on that was there at the start.
    private(set) var start: [Place] = []

    init(
        _ trace: PathTrace, _ rejection: VerifierRejection, at index: Int, _ detail: VerifierRejection.Path.Detail
    ) {
        let isComplete = trace.steps.count == rejection.pathLength && trace.steps.last?.index == Int32(index)
        let final = isComplete ? rejection.failedPlaces(trace) : []
        switch detail {
        case .full:
            steps = trace.steps.indices.dropLast().map { position in
                let use = StepUse(trace, position)
                return Step(position: position, before: use.reads.sorted(), after: use.changes.sorted())
            }
        case .minimal:
            let loop = rejection.loopStart(trace)
            selectBackwards(trace, wanted: final) { position in
                position >= loop && trace.taken(at: position) != nil
                    || rejection.finding == .callTooDeep && trace.isCall(at: position)
            }
        }
        steps.append(Step(position: trace.steps.count - 1, before: final.sorted(), after: []))
    }

    /// From the end to the start: a step matters where it changes something that matters later; what that came
    /// from matters from there on.
    ///
    /// - Parameter mattersAnyway: whether a step matters whatever it changes, with what it reads.
    private mutating func selectBackwards(
        _ trace: PathTrace, wanted final: Set<Place>, where mattersAnyway: (Int) -> Bool
    ) {
        var wanted = final
        for position in trace.steps.indices.dropLast().reversed() {
            let use = StepUse(trace, position)
            let relevant = wanted.intersection(use.changes)
            let isBranch = trace.taken(at: position) != nil
            let matters = mattersAnyway(position)
            guard !relevant.isEmpty || matters else { continue }
            let sources = relevant.reduce(into: matters && isBranch ? use.reads : []) {
                $0.formUnion(use.sources(of: $1))
            }
            steps.append(Step(position: position, before: sources.sorted(), after: relevant.sorted()))
            wanted.subtract(use.overwritten)
            wanted.formUnion(sources)
        }
        // The frame pointer goes without saying.
        start = wanted.filter { $0.register != .framePointer }.sorted()
        steps.reverse()
    }
}

extension VerifierRejection {
    /// What the failed claim is about.
    fileprivate func failedPlaces(_ trace: PathTrace) -> Set<Place> {
        guard let last = trace.steps.last else { return [] }
        let frame = Int(last.frame)
        var registers = assertion?.parts.registers ?? []
        if assertion == nil, finding == .mixedAccess, let instruction {
            registers = Register.allCases.filter { RegisterUse(instruction).reads & RegisterUse.bit($0) != 0 }
        }
        if case .access(let access) = assertion, case .register(let value) = access.value, finding.isAboutStoredValue {
            registers.append(value)
        }
        var places = Set(registers.map { Place($0, frame: frame) })
        if finding.isAboutStack, let slot = last.slot { places.insert(slot) }
        return places
    }

    /// Where the last turn of the loop begins that goes on for too long; past the end for other failures.
    fileprivate func loopStart(_ trace: PathTrace) -> Int {
        guard let last = trace.steps.last, finding.isAboutLoop else { return trace.steps.count }
        return trace.steps.dropLast().lastIndex { $0.index == last.index } ?? trace.steps.count
    }
}

extension Finding {
    /// Whether the claim is about what a store writes, not only about where.
    fileprivate var isAboutStoredValue: Bool { [.partialSpill, .spillToCaller, .leak].contains(self) }
    /// Whether the claim is about what the stack holds.
    fileprivate var isAboutStack: Bool { [.partialFill, .uninitializedStack].contains(self) }
    /// Whether the claim is that the proof doesn't end.
    fileprivate var isAboutLoop: Bool { [.infiniteLoop, .tooManyInstructions, .tooManyBranches].contains(self) }
}
