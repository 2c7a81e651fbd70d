internal import Weir

extension CompileCommand {
    /// A compiled expression as `--json` shows it.
    func description(of program: ClassicProgram, from expression: FilterExpression) -> JSONValue {
        [
            "expression": .string(expression.text),
            "link_type": .count(linktype.value.rawValue),
            "link_type_name": .optional(linktype.value.libpcapName),
            "snaplen": .count(snaplen),
            "optimized": .bool(!filter.skipsOptimizer),
            "classic": .array(program.instructions.map(Self.description)),
        ]
    }

    private static func description(of instruction: ClassicInstruction) -> JSONValue {
        [
            "code": .count(instruction.code), "jt": .count(instruction.jt), "jf": .count(instruction.jf),
            "k": .count(instruction.k),
        ]
    }
}
