internal import Weir

extension CheckReport {
    /// Everything that is known, as an object; `Rejections.md` in the verifier's documentation has its keys.
    func json(_ detail: VerifierRejection.Path.Detail) -> JSONValue {
        [
            "file": .string(program.name), "accepted": .bool(rejection == nil),
            "instructions": .count(program.spec.code.count), "seconds": .decimal(seconds),
            "proof": statistics.map { statistics in
                [
                    "processed": .count(statistics.processed), "states": .count(statistics.checkpoints),
                    "peak_states": .count(statistics.peakStates), "peak_branches": .count(statistics.peakPending),
                    "stack_bytes": .count(stackBytes),
                ]
            } ?? .null,
            "refusal": rejection.map { refusal($0, detail) } ?? .null,
        ]
    }

    private func refusal(_ rejection: VerifierRejection, _ detail: VerifierRejection.Path.Detail) -> JSONValue {
        let path = rejection.path(detail)
        return .object(
            [JSONValue.Field("reason", .string(rejection.reason.rawValue))] + place(rejection.index) + [
                JSONValue.Field("claim", .string(rejection.claim)),
                JSONValue.Field("advice", .optional(rejection.advice)),
                JSONValue.Field("assertion", rejection.assertion.map { json($0.parts) } ?? .null),
                JSONValue.Field("registers", .array(path.registers.map(json))),
                JSONValue.Field("start", .array(path.start.map(json))),
                JSONValue.Field("path", .array(path.entries.map(json))),
                JSONValue.Field("counterexample", counterexample?.json ?? .null),
            ])
    }

    /// Where an instruction is, and what it is.
    private func place(_ index: Int?) -> [JSONValue.Field] {
        let source = index.flatMap { program.line(of: $0) }
        return [
            JSONValue.Field("instruction", index.map { .count($0) } ?? .null),
            JSONValue.Field("slot", index.map { .count(program.spec.code.slot(of: $0)) } ?? .null),
            JSONValue.Field("assembly", .optional(index.map { disassembler.text(of: program.spec.code[$0]) })),
            JSONValue.Field("source", source.map { ["line": .count($0.number), "text": .string($0.text)] } ?? .null),
        ]
    }

    private func json(_ entry: VerifierRejection.Path.Entry) -> JSONValue {
        switch entry {
        case .repetitions(let count): ["omitted_iterations": .count(count)]
        case .step(let step):
            .object(
                place(step.index) + [
                    JSONValue.Field("frame", .count(step.frame)),
                    JSONValue.Field("taken", step.taken.map { .bool($0) } ?? .null),
                    JSONValue.Field("before", .array(step.before.map(json))),
                    JSONValue.Field("after", .array(step.after.map(json))),
                ])
        }
    }

    private func json(_ known: Known) -> JSONValue {
        [
            "place": .string("\(known.place)"), "frame": .count(known.place.frame), "kind": .string(known.kind),
            "text": .string(known.text), "offset": .integer(Int64(known.offset)),
            "minimum": .unsigned(known.unsigned.lowerBound), "maximum": .unsigned(known.unsigned.upperBound),
            "signed_minimum": .integer(known.signed.lowerBound), "signed_maximum": .integer(known.signed.upperBound),
            "possible_bits": .string("0x" + String(known.possibleBits, radix: 16)),
            "checked_bytes": known.checkedBytes.map { .count($0) } ?? .null,
            "map": known.map.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    private func json(_ parts: Assertion.Parts) -> JSONValue {
        .object(
            [
                JSONValue.Field("name", .string(parts.name)),
                JSONValue.Field("registers", .array(parts.registers.map { .string("\($0)") })),
            ]
                + parts.details.map { detail in
                    switch detail.value {
                    case .number(let number): JSONValue.Field(detail.name, .integer(number))
                    case .word(let word): JSONValue.Field(detail.name, .string(word))
                    case .flag(let flag): JSONValue.Field(detail.name, .bool(flag))
                    }
                })
    }
}
