internal import Weir

/// What a verifier says of one program, and how long it took.
struct CheckReport {
    let program: SourcedProgram
    let statistics: VerificationStatistics?
    let stackBytes: Int
    let seconds: Double
    /// Why the program is refused; nil where it is safe.
    let rejection: VerifierRejection?
    /// What came of the search for a packet on which it does wrong; nil where nobody asked.
    var counterexample: CounterexampleFile?

    /// Verifies a program.
    init(_ program: SourcedProgram, _ verifier: Verifier) {
        self.program = program
        let clock = ContinuousClock()
        let start = clock.now
        do throws(VerifierRejection) {
            let verified = try verifier.verify(program.spec)
            statistics = verified.statistics
            stackBytes = verified.facts.stackBytes
            rejection = nil
        } catch {
            statistics = nil
            stackBytes = 0
            rejection = error
        }
        seconds = (clock.now - start).inSeconds
    }

    /// Prints instructions with the names the program uses.
    var disassembler: Disassembler { Disassembler(.readable, naming: program.spec) }
}

// MARK: Text

extension CheckReport {
    /// One line for a program that is safe; else what ``refusal(_:)`` has.
    func lines(_ path: VerifierRejection.Path.Detail?) -> [String] {
        guard let statistics else { return refusal(path) }
        return [
            "\(program.name): \(Quantity.count(program.spec.code.count, "instruction")), "
                + "\(statistics.processed) processed, \(Quantity.count(statistics.peakStates, "peak state")), "
                + "\(Quantity.seconds(seconds)) s"
        ]
    }

    /// The instruction, the claim that failed, and advice, then the path to it where asked for; none where the
    /// program is safe.
    func refusal(_ path: VerifierRejection.Path.Detail?) -> [String] {
        guard let rejection else { return [] }
        var lines = rejection.lines
        let line = rejection.index.flatMap { program.line(of: $0) }
        lines[0] = "\(program.name):" + (line.map { "\($0.number):" } ?? "") + " \(lines[0])"
        if let path {
            lines += PathText(rejection.path(path), program.spec.code, disassembler).lines
            lines.append(
                "reason: \(rejection.reason.rawValue), see 'weir check --explain \(rejection.reason.rawValue)'")
        }
        return lines + (counterexample?.lines ?? [])
    }

    /// What ``addRow(to:)`` fills.
    static let table = Table([
        .left("program"), .right("instructions"), .right("processed"), .right("states"), .right("peak"),
        .right("branches"), .right("stack"), .right("seconds"),
    ])

    /// Adds what the proof took; false where the program is refused and has no row.
    func addRow(to table: inout Table) -> Bool {
        guard let statistics else { return false }
        table.add([
            program.name, "\(program.spec.code.count)", "\(statistics.processed)", "\(statistics.checkpoints)",
            "\(statistics.peakStates)", "\(statistics.peakPending)", "\(stackBytes)", Quantity.seconds(seconds),
        ])
        return true
    }
}
