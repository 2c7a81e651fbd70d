import BPFExecution
import BPFModel
import BPFVerifier

/// Holds a run against what the proof claims, instruction by instruction.
final class ClaimChecker {
    private let program: VerifiedProgram
    private let claims: RegisterClaims
    private let worker: Worker
    private var entry: UInt64 = 0
    private var framePointer: UInt64 = 0
    private var last: (index: Int, isBranch: Bool)?
    /// The first claim that didn't hold.
    private(set) var violation: String?

    init(_ program: VerifiedProgram, _ claims: RegisterClaims, _ worker: Worker) {
        self.program = program
        self.claims = claims
        self.worker = worker
    }

    /// Starts a run.
    func begin() {
        last = nil
        violation = nil
    }

    func see(_ index: Int, _ registers: [UInt64]) {
        guard violation == nil else { return }
        if last == nil { (entry, framePointer) = (registers[1], registers[10]) }
        checkFacts(index)
        last = (index, program.facts.outcomes[index] != [])
        let states = claims[index]
        guard !states.contains(where: { state in (0..<10).allSatisfy { holds(state[$0], registers[$0]) } }) else {
            return
        }
        let wrong = (0..<10).filter { number in !states.contains { holds($0[number], registers[number]) } }
        let values = (wrong.isEmpty ? Array(0..<10) : wrong).map { number in
            "r\(number) = \(registers[number]), claimed \(states.map { "\($0[number])" }.joined(separator: " or "))"
        }
        violation =
            "instruction \(index), \(wrong.isEmpty ? "together" : "one by one"): \(values.joined(separator: "; "))"
    }

    /// Whether control goes only where the proof found that it can.
    private func checkFacts(_ index: Int) {
        if !program.facts.reachable[index] { violation = "instruction \(index) is reached" }
        guard let last, last.isBranch, let offset = program.spec.code[last.index].jumpOffset, offset != 0 else {
            return
        }
        let outcome: ProgramFacts.BranchOutcomes = index == last.index + 1 ? .notTaken : .taken
        if !program.facts.outcomes[last.index].contains(outcome) {
            violation = "instruction \(last.index) goes elsewhere"
        }
    }

    private func holds(_ claim: RegisterClaims.Claim, _ value: UInt64) -> Bool {
        let packet = worker.packetAddresses
        switch claim {
        case .none: return true
        case .number(let range): return range.contains(value)
        case .address(.packet(let extent), let offset, let range):
            let variable = value &- packet.start &- UInt64(bitPattern: offset)
            let there = Int64(bitPattern: variable &+ packet.start &+ UInt64(bitPattern: extent) &- packet.end)
            return range.contains(variable) && (extent == 0 || there <= 0)
        case .address(let base, let offset, let range):
            return range.contains(value &- address(of: base) &- UInt64(bitPattern: offset))
        }
    }

    private func address(of base: RegisterClaims.Base) -> UInt64 {
        switch base {
        case .context, .memory: entry
        case .packetEnd: worker.packetAddresses.end
        case .packet: worker.packetAddresses.start
        case .frame(let number): framePointer &- UInt64(number * ProgramLimits.stackBytes)
        }
    }
}
