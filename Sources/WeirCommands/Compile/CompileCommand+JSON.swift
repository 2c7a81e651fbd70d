internal import Weir

extension CompileCommand {
    /// A compiled expression as `--json` shows it; `ebpf` is null where it can't be said in eBPF.
    func description(of program: ClassicProgram, from expression: FilterExpression) -> JSONValue {
        [
            "expression": .string(expression.text),
            "link_type": .count(linktype.value.rawValue),
            "link_type_name": .optional(linktype.value.libpcapName),
            "snaplen": .count(snaplen),
            "optimized": .bool(!filter.skipsOptimizer),
            "classic": .array(ClassicReport(program).instructions.map(Self.description)),
            "ebpf": (try? program.translated(.libpcap)).map(Self.description) ?? .null,
        ]
    }

    private static func description(of row: ClassicReport.Row) -> JSONValue {
        [
            "text": .string(row.text), "code": .count(row.code), "jt": .count(row.jt), "jf": .count(row.jf),
            "k": .count(row.k),
        ]
    }

    /// The eBPF instructions, each with the classic instruction it was made for.
    private static func description(of translation: ClassicTranslation) -> JSONValue {
        let sources = translation.sources
        let code = translation.spec.code
        return .array(
            zip(code.indices, Disassembler().lines(of: code)).map { index, text in
                let slot = code.slot(of: index)
                return [
                    "slot": .count(slot), "text": .string(text),
                    "source": sources[slot].map { .count($0) } ?? .null,
                ]
            })
    }
}
