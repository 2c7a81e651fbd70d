import BPFExecution
import BPFModel
import BPFText
import BPFVerifier
import TestKit
import Testing

/// Programs held against their proofs, and what came of it.
struct Trial: CustomStringConvertible {
    private(set) var programs = 0
    private(set) var accepted = 0
    private var claimed = 0
    private var runs = 0
    private var endless = 0
    /// Runs that came to a helper which the engine doesn't have yet.
    private var unimplemented = 0
    private var refusals: [VerifierRejection.Reason: Int] = [:]
    private let stage: Stage

    init() throws { stage = try Stage() }

    var description: String {
        "\(programs) programs, \(accepted) accepted, \(claimed) with all claims, \(runs) runs, \(endless) cut short, "
            + "\(unimplemented) without helper; refused for "
            + refusals.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    /// Verifies a program and, where it is accepted, runs it; returns whether it was.
    @discardableResult
    mutating func check(
        _ spec: ProgramSpec, _ entry: ProgramEntry, _ random: inout SeededRandom, runs count: UInt64
    ) throws -> Bool {
        programs += 1
        var options = random.oneIn(4) ? Verifier.Options.unprivileged : Verifier.Options()
        // Loops and calls say more about the proof than their refusal.
        options.isPrivileged = true
        options.instructionLimit = 4000
        let program: VerifiedProgram
        do throws(VerifierRejection) { program = try Verifier(options).verify(spec, entry: entry) } catch {
            refusals[error.reason, default: 0] += 1
            return false
        }
        accepted += 1
        let checker = try claims(of: program, options).map { ClaimChecker(program, $0, stage.worker) }
        if let checker {
            claimed += 1
            stage.worker.observer = checker.see
        }
        defer { stage.worker.observer = nil }
        let maps = try stage.maps(for: spec, entry)
        let strict = try Executable(unverified: spec, entry: entry, maps: maps)
        for _ in 0..<count {
            let seed = random.next()
            checker?.begin()
            runs += 1
            var fault = try stage.run(strict, seed: seed)
            if case .uninitialisedStack = fault?.reason, options.mayReadUninitializedStack {
                // Privileged programs may read what they didn't write.
                let zeroed = try Executable(unverified: spec, entry: entry, maps: maps, zeroed: true)
                checker?.begin()
                fault = try stage.run(zeroed, seed: seed)
            }
            if case .budgetExhausted = fault?.reason {
                endless += 1
                fault = nil
            }
            if case .unknownCall(.helper(let id)) = fault?.reason, HelperPrototype.row(of: id) != nil {
                unimplemented += 1
                fault = nil
            }
            if let problem = fault?.description ?? checker?.violation {
                Issue.record("\(spec.type), \(entry), input \(seed): \(problem)\n\(spec.listing)")
                return true
            }
        }
        return true
    }

    /// What the proof claims; nil where following every number takes too long.
    private func claims(of program: VerifiedProgram, _ options: Verifier.Options) throws -> RegisterClaims? {
        var options = options
        options.recordsClaims = true
        do throws(VerifierRejection) {
            return try Verifier(options).verify(program.spec, entry: program.entry).claims
        } catch {
            // A pointer may be moved by 0...4294967295, but not by 2147483648...4294967295: what no state shows alone,
            // another may refuse. Neither may be used for an access.
            if ![.complexity, .unboundedOffset].contains(error.reason) {
                Issue.record("refused when every number counts: \(error)\n\(program.spec.listing)")
            }
            return nil
        }
    }
}

extension ProgramSpec {
    /// The program in assembly, an instruction a line.
    fileprivate var listing: String {
        Disassembler().lines(of: code).enumerated().map { "\($0): \($1)" }.joined(separator: "\n")
    }
}
