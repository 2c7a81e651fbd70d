internal import Weir

/// What a verifier says of one program, and how long it took.
struct CheckReport {
    private let name: String
    private let code: InstructionSequence
    private let statistics: VerificationStatistics?
    private let stackBytes: Int
    private let seconds: Double
    /// Why the program is refused; nil where it is safe.
    let rejection: VerifierRejection?

    /// Verifies a program.
    init(_ name: String, _ spec: ProgramSpec, _ verifier: Verifier) {
        self.name = name
        code = spec.code
        let clock = ContinuousClock()
        let start = clock.now
        do throws(VerifierRejection) {
            let program = try verifier.verify(spec)
            statistics = program.statistics
            stackBytes = program.facts.stackBytes
            rejection = nil
        } catch {
            statistics = nil
            stackBytes = 0
            rejection = error
        }
        seconds = (clock.now - start).inSeconds
    }
}

// MARK: Text

extension CheckReport {
    /// One line for a program that is safe; else the instruction, the claim that failed, and advice.
    func lines(verbose: Bool) -> [String] {
        guard let statistics else { return refusal + (verbose ? details : []) }
        return [
            "\(name): \(Quantity.count(code.count, "instruction")), \(statistics.processed) processed, "
                + "\(Quantity.count(statistics.peakStates, "peak state")), \(Quantity.seconds(seconds)) s"
        ]
    }

    /// The lines of a refusal; none where the program is safe.
    var refusal: [String] {
        guard let rejection else { return [] }
        let lines = rejection.lines { Disassembler(.readable).text(of: $0) }
        return ["\(name): \(lines[0])"] + lines.dropFirst()
    }

    /// The branches that lead to the refusal, and what is known there.
    private var details: [String] {
        guard let rejection, rejection.index != nil else { return [] }
        let path = rejection.path.map { step in
            "  \(step.index): \(Disassembler().text(of: code[step.index])), \(step.taken ? "taken" : "not taken")"
        }
        let registers = rejection.registers.map { "  \($0.register) = \($0.state)" }
        return (path.isEmpty ? [] : ["path:"] + path) + (registers.isEmpty ? [] : ["registers:"] + registers)
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
            name, "\(code.count)", "\(statistics.processed)", "\(statistics.checkpoints)", "\(statistics.peakStates)",
            "\(statistics.peakPending)", "\(stackBytes)", Quantity.seconds(seconds),
        ])
        return true
    }
}

// MARK: JSON

extension CheckReport {
    /// Everything that is known, as an object.
    var json: JSONValue {
        [
            "file": .string(name), "accepted": .bool(rejection == nil), "instructions": .count(code.count),
            "seconds": .decimal(seconds),
            "proof": statistics.map { statistics in
                [
                    "processed": .count(statistics.processed), "states": .count(statistics.checkpoints),
                    "peak_states": .count(statistics.peakStates), "peak_branches": .count(statistics.peakPending),
                    "stack_bytes": .count(stackBytes),
                ]
            } ?? .null,
            "refusal": rejection.map(Self.json) ?? .null,
        ]
    }

    private static func json(_ rejection: VerifierRejection) -> JSONValue {
        [
            "reason": .string(rejection.reason.rawValue),
            "instruction": rejection.index.map { .count($0) } ?? .null,
            "slot": rejection.slot.map { .count($0) } ?? .null,
            "text": .optional(rejection.instruction.map { Disassembler(.readable).text(of: $0) }),
            "claim": .string(rejection.claim), "advice": .optional(rejection.advice),
            "path": .array(rejection.path.map { ["instruction": .count($0.index), "taken": .bool($0.taken)] }),
            "registers": .object(
                rejection.registers.map { JSONValue.Field(name: "\($0.register)", value: .string($0.state)) }),
        ]
    }
}
