import BPFModel

extension VerifierRejection.Path {
    /// Goes along the path once more and looks up what is shown.
    init(_ selection: PathSelection, _ trace: PathTrace, _ rejection: VerifierRejection) {
        let pieces = Repetitions.pieces(of: selection.steps.map { trace.steps[$0.position].index })
        guard var replay = Replay(rejection) else {
            self.init(start: [], entries: [], registers: [])
            return
        }
        let known = { (place: Place, state: MachineState) in Known(place, in: state, of: rejection.program) }
        let start = selection.start.compactMap { known($0, replay.state) }
        var entries: [Entry] = []
        var position = 0
        for piece in pieces {
            guard case .step(let number) = piece else {
                if case .omitted(let turns) = piece { entries.append(.repetitions(turns)) }
                continue
            }
            let shown = selection.steps[number]
            while position < shown.position, replay.advance() { position += 1 }
            let before = shown.before.compactMap { known($0, replay.state) }
            let frame = replay.state.callers.count
            if !shown.after.isEmpty, replay.advance() { position += 1 }
            entries.append(
                .step(
                    Step(
                        index: Int(trace.steps[shown.position].index), frame: frame,
                        taken: trace.taken(at: shown.position), before: before,
                        after: shown.after.compactMap { known($0, replay.state) })))
        }
        let frame = replay.state.callers.count
        self.init(
            start: start, entries: entries,
            registers: Register.allCases.compactMap { known(Place($0, frame: frame), replay.state) }
                .filter { $0.kind != RegisterState.Kind.uninitialized.name })
    }
}
