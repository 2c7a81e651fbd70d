import BPFModel

extension Failure {
    static func jumpOutside(_ offset: Int32, splitsWide: Bool) -> Failure {
        let place = splitsWide ? "the second slot of a 64-bit immediate load" : "no instruction of the program"
        return Failure(.invalidJump, "the jump by \(offset) slots leads to \(place)")
    }

    static func jumpToOtherFunction(_ target: Int) -> Failure {
        Failure(.invalidJump, "the jump leads to instruction \(target) of another function")
    }

    static func callOutside(_ offset: Int32) -> Failure {
        Failure(.invalidCall, "the call by \(offset) slots leads to no instruction of the program")
    }

    static let fallsOffEnd = Failure(
        .fallsOffEnd, "control can go on past the last instruction of the function",
        advice: "end the function with exit")

    static let unreachable = Failure(
        .unreachableCode, "no path leads to this instruction", advice: "remove it, or jump to it")

    static let notEncodable = Failure(
        .unsupported, "no opcode stands for this instruction",
        advice: "use one that can be encoded: bytes, half words and words are sign-extended, double words are not")

    static func callTooDeep(_ depth: Int) -> Failure {
        Failure(
            .callDepth, "the call makes a chain of \(depth) functions, the limit is \(ProgramLimits.callDepth)")
    }

    static func stackTooLarge(_ bytes: Int, functions: Int) -> Failure {
        Failure(
            .stackDepth,
            "the \(functions) functions of the call chain need \(bytes) bytes of stack together, "
                + "the limit is \(ProgramLimits.stackBytes)")
    }

    static func tooManyInstructions(_ limit: Int) -> Failure {
        Failure(
            .complexity, "the proof needs more than \(limit) instructions, the limit",
            advice: "bound the loops, or split the program")
    }

    static func tooManyBranches(_ limit: Int) -> Failure {
        Failure(.complexity, "more than \(limit) branches are waiting on one path, the limit")
    }

    static let infiniteLoop = Failure(
        .infiniteLoop, "the path comes back here with nothing changed: the loop may never end",
        advice: "count the iterations in a register, and leave the loop at a constant")

    static let emptyProgram = Failure(.emptyProgram, "the program has no instructions")

    static func tooLong(_ slots: Int, limit: Int) -> Failure {
        Failure(.complexity, "the program has \(slots) slots, the limit is \(limit)")
    }
}
