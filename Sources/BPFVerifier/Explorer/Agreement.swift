/// Something that should be the same whenever an instruction runs.
enum Agreement<Value: Equatable & Sendable>: Sendable {
    case unseen
    case same(Value)
    case differs

    /// What it always was; nil where it differed, or there was nothing.
    var value: Value? {
        switch self {
        case .unseen, .differs: nil
        case .same(let value): value
        }
    }

    /// Compares what was found with what was before.
    ///
    /// - Parameter merge: makes one of two that differ, or returns false where there is none.
    mutating func see(_ found: Value?, merge: (inout Value) -> Bool = { _ in false }) {
        guard let found else {
            self = .differs
            return
        }
        switch self {
        case .unseen: self = .same(found)
        case .same(var known):
            if known != found { self = merge(&known) ? .same(known) : .differs }
        case .differs: break
        }
    }
}
