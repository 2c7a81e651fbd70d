public import BPFModel

/// Proves that a program is safe to run.
public struct Verifier: Sendable {
    /// Makes a verifier.
    public init() {}

    /// Proves that a program can't harm, and ends.
    ///
    /// - Throws: ``VerifierRejection`` naming the first thing that couldn't be proved.
    public func verify(
        _ spec: ProgramSpec, entry: ProgramEntry = .context
    ) throws(VerifierRejection) -> VerifiedProgram {
        guard !spec.code.isEmpty else { throw VerifierRejection(instruction: nil) }
        return .unproven(spec, entry: entry)
    }
}
