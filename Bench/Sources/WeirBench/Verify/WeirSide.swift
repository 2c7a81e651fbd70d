import Weir

/// Weir's part of a comparison: from the bytes' slots to a proof.
struct WeirSide {
    let program: BenchProgram
    private let maps: [Int32: MapSpec]
    private let verifier: Verifier

    /// What came of one verification.
    struct Outcome {
        /// Nil where the program was accepted.
        let rejection: String?
        /// How many instructions were gone over; nil where the program was refused.
        let processed: Int?
        let microseconds: Double
    }

    init(_ program: BenchProgram) {
        self.program = program
        maps = program.maps.mapValues(\.spec)
        var options = Verifier.Options()
        options.strictAlignment = program.isStrict
        verifier = Verifier(options)
    }

    func verify() -> Outcome {
        let (time, result) = Stopwatch.microseconds {
            Result {
                let code = try InstructionSequence(decoding: program.slots)
                return try verifier.verify(ProgramSpec(type: program.type, code: code, maps: maps)).statistics.processed
            }
        }
        switch result {
        case .success(let processed): return Outcome(rejection: nil, processed: processed, microseconds: time)
        case .failure(let error):
            let claim = (error as? VerifierRejection)?.claim ?? "\(error)"
            return Outcome(rejection: claim, processed: nil, microseconds: time)
        }
    }
}
