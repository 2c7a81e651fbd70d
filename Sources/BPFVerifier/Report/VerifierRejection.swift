/// Why a program was refused.
public struct VerifierRejection: Error, Hashable, Sendable {
    /// The instruction, counted from 0, or nil where the program as a whole is refused.
    public let instruction: Int?
}
