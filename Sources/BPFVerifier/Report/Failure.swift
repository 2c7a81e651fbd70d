/// A claim that failed: why, in words, and what to do about it.
///
/// Only the factories in `Failure+*.swift` make one, each for one ``Finding``, which says what a new one takes.
struct Failure: Error, Hashable, Sendable {
    let finding: Finding
    let claim: String
    let advice: String?

    init(_ finding: Finding, _ claim: String, advice: String? = nil) {
        self.finding = finding
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
