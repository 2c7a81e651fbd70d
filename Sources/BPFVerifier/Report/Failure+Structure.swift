import BPFModel

extension Failure {
    static let emptyProgram = Failure(
        .emptyProgram, "the program has no instructions", advice: "write at least r0 = 0 and exit")

    static func tooLong(_ slots: Int, limit: Int) -> Failure {
        Failure(
            .tooLong, "the program has \(slots) slots, the limit is \(limit)",
            advice: limit < ProgramLimits.slots ? "split the program, or load it with privilege" : "split the program")
    }

    static let notEncodable = Failure(
        .notEncodable, "no opcode stands for this instruction",
        advice: "use one that can be encoded: bytes, half words and words are sign-extended, double words are not")

    /// A jump to a slot at which no instruction starts.
    static func jump(to slot: Int, of slots: Int) -> Failure {
        (0..<slots).contains(slot) ? jumpIntoWideLoad(to: slot) : jumpOutside(to: slot, of: slots)
    }

    private static func jumpOutside(to slot: Int, of slots: Int) -> Failure {
        Failure(
            .jumpOutside, "the jump leads to slot \(slot), the program has slots 0 to \(slots - 1)",
            advice: "jumps count slots from the next instruction")
    }

    private static func jumpIntoWideLoad(to slot: Int) -> Failure {
        Failure(
            .jumpIntoWideLoad, "the jump leads to slot \(slot), the second half of the 64-bit load at slot \(slot - 1)",
            advice: "jumps count slots from the next instruction, and a 64-bit load has two")
    }

    static func jumpToOtherFunction(_ target: Int, startingAt start: Int) -> Failure {
        Failure(
            .jumpToOtherFunction,
            "the jump leads to instruction \(target), in another function, which starts at \(start)",
            advice: "call the function, or jump within this one")
    }

    static func callOutside(to slot: Int, of slots: Int) -> Failure {
        Failure(
            .callOutside, "the call leads to slot \(slot), where no instruction of the program's \(slots) slots starts",
            advice: "calls count slots from the next instruction")
    }

    static let fallsOffEnd = Failure(
        .fallsOffEnd, "control can go on past the last instruction of the function",
        advice: "end the function with exit")

    static let unreachable = Failure(
        .unreachable, "no path leads to this instruction", advice: "remove it, or jump to it")

    static func callTooDeep(_ depth: Int) -> Failure {
        Failure(
            .callTooDeep, "the call makes a chain of \(depth) functions, the limit is \(ProgramLimits.callDepth)",
            advice: "don't let functions call themselves, and join those at the end of the chain")
    }

    static func stackTooLarge(_ bytes: Int, functions: Int) -> Failure {
        Failure(
            .stackTooLarge,
            "the \(functions) functions of the call chain need \(bytes) bytes of stack together, "
                + "the limit is \(ProgramLimits.stackBytes)",
            advice: "keep large data in a map, or let callers pass the memory")
    }

    static let unprivilegedCall = Failure(
        .unprivilegedCall, "unprivileged programs can't call functions of their own",
        advice: "write the function out where it is called")

    static let unprivilegedLoop = Failure(
        .unprivilegedLoop, "unprivileged programs can't jump back",
        advice: "write the turns of the loop out")

    static func tailCallStack(_ bytes: Int) -> Failure {
        Failure(
            .tailCallStack,
            "the function called makes tail calls, and its callers need \(bytes) bytes of stack, "
                + "the limit is below \(ProgramLimits.stackBytesBelowTailCalls)",
            advice: "keep large data in a map, or make the tail call in the main program")
    }

    static func tooManyInstructions(_ limit: Int) -> Failure {
        Failure(
            .tooManyInstructions, "the proof needs more than \(limit) instructions, the limit",
            advice: "let loops end sooner, or split the program")
    }

    static func tooManyBranches(_ limit: Int) -> Failure {
        Failure(
            .tooManyBranches, "more than \(limit) branches of one path wait to be followed, the limit",
            advice: "make loops that branch end sooner, or split the program")
    }

    static let infiniteLoop = Failure(
        .infiniteLoop, "the path comes back here with nothing changed: the loop may never end",
        advice: "count the iterations in a register, and leave the loop at a constant")
}
