import BPFModel

extension VerifierRejection {
    /// A program refused as a whole.
    init(_ failure: Failure) {
        self.init(
            index: nil, slot: nil, instruction: nil, finding: failure.finding, assertion: nil, claim: failure.claim,
            advice: failure.advice, registers: [], path: [])
    }

    /// A program refused for its structure.
    init(_ located: Failure.Located, _ code: InstructionSequence) {
        self.init(
            index: located.instruction, slot: code.slot(of: located.instruction),
            instruction: code[located.instruction], finding: located.failure.finding, assertion: nil,
            claim: located.failure.claim, advice: located.failure.advice, registers: [], path: [])
    }

    /// A program refused where the explorer stopped.
    init(_ located: Failure.Located, _ explorer: Explorer) {
        let index = located.instruction
        let failed = explorer.obligations.range(of: index)
            .map { explorer.obligations.assertions[$0] }
            .first { assertion in
                do throws(Failure) {
                    try explorer.checker.check(assertion, in: explorer.state)
                    return false
                } catch { return true }
            }
        let registers = Register.allCases.compactMap { register in
            let state = explorer.state[register]
            return state.kind == .uninitialized
                ? nil : RegisterReport(register: register, state: state.description)
        }
        self.init(
            index: index, slot: explorer.code.slot(of: index), instruction: explorer.code[index],
            finding: located.failure.finding, assertion: failed, claim: located.failure.claim,
            advice: located.failure.advice, registers: registers, path: explorer.trail.steps)
    }
}
