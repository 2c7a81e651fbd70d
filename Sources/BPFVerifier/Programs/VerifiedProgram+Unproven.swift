package import BPFModel

extension VerifiedProgram {
    /// Takes a program without proof: only for tests of execution whose programs no verifier can accept.
    ///
    /// Nothing keeps such a program from reaching any memory of the process. Every load and store is taken as a
    /// plain memory access, every instruction as reachable, every frame as using the whole stack.
    ///
    /// - Parameter clearsStack: whether the stack starts as zeros, for programs that read what they never wrote.
    package static func unproven(
        _ spec: ProgramSpec, entry: ProgramEntry, clearsStack: Bool = false
    ) -> VerifiedProgram {
        let facts = ProgramFacts(
            reachable: spec.code.map { _ in true },
            accesses: spec.code.map { $0.accessesMemory ? .memory : nil },
            outcomes: spec.code.map { _ in [.taken, .notTaken] },
            calls: [:], windows: [:], loadedNumbers: [:],
            functions: [
                ProgramFacts.Function(
                    instructions: 0..<spec.code.count, stackBytes: ProgramLimits.stackBytes)
            ],
            stackBytes: ProgramLimits.stackBytes, mayReadUnwrittenStack: clearsStack)
        return VerifiedProgram(spec: spec, entry: entry, facts: facts, statistics: VerificationStatistics())
    }
}

extension Instruction {
    /// Whether the instruction reads or writes memory through a base register.
    var accessesMemory: Bool {
        switch self {
        case .load, .store, .atomic, .loadAcquire, .storeRelease: true
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            false
        }
    }
}
