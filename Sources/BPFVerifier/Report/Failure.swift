import BPFModel

/// A claim that failed: why, in words, and what to do about it.
struct Failure: Error, Hashable, Sendable {
    let reason: VerifierRejection.Reason
    let claim: String
    let advice: String?

    init(_ reason: VerifierRejection.Reason, _ claim: String, advice: String? = nil) {
        self.reason = reason
        self.claim = claim
        self.advice = advice
    }

    /// A failure at an instruction.
    struct Located: Error {
        let failure: Failure
        let instruction: Int
    }

    func at(_ instruction: Int) -> Located { Located(failure: self, instruction: instruction) }
}
