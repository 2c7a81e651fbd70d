public import BPFExecution
public import BPFMaps
import BPFModel
public import BPFVerifier

/// Why a program could not be made ready to run.
public enum ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The verifier could not prove it safe.
    case rejected(VerifierRejection)
    /// One of its maps could not be made.
    case map(String, MapError)
    /// No engine runs it.
    case unloadable(LoadError)

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .rejected(let rejection):
            "the verifier refuses the program\n" + rejection.lines.joined(separator: "\n")
        case .map(let name, let error): "map \(name): \(error)"
        case .unloadable(let error): error.description
        }
    }
}
