import BPFModel

/// For each instruction, the registers whose values some path from there on may read.
///
/// A register that is not live need not match when states are compared.
struct Liveness: Sendable {
    /// Bit n of an element: register n is live before that instruction.
    private(set) var registers: [UInt16]

    init(_ code: InstructionSequence, _ flow: ControlFlow) {
        registers = [UInt16](repeating: 0, count: code.count)
        let uses = code.map(RegisterUse.init)
        var changed = true
        // Backwards, one pass settles everything but loops.
        while changed {
            changed = false
            for index in stride(from: code.count - 1, through: 0, by: -1) {
                let live = uses[index].reads | (liveAfter(code[index], index, flow) & ~uses[index].writes)
                if live != registers[index] {
                    registers[index] = live
                    changed = changed || flow.hasBackwardJumps
                }
            }
        }
    }

    private func liveAfter(_ instruction: Instruction, _ index: Int, _ flow: ControlFlow) -> UInt16 {
        var live: UInt16 = 0
        if instruction.fallsThrough, index + 1 < registers.count { live = registers[index + 1] }
        if instruction.jumpOffset != nil, flow.targets[index] >= 0 { live |= registers[Int(flow.targets[index])] }
        return live
    }
}
