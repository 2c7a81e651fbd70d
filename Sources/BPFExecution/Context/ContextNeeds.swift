import BPFModel
import BPFVerifier

/// How much of the context must be filled in for each packet.
enum ContextNeeds: Sendable {
    /// Addresses, length and time stamp.
    case packet
    /// Every field: the program reads others, or writes some.
    case everything

    /// What a verified program needs.
    init(_ facts: ProgramFacts) {
        let fields = facts.accesses.compactMap { access -> ContextField.ID? in
            guard case .context(let field) = access else { return nil }
            return field
        }
        self = Set(fields).isSubset(of: [.data, .dataEnd, .length, .timestamp]) ? .packet : .everything
    }
}
