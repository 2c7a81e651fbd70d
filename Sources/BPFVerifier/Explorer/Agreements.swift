/// For some of a program's instructions, something that is the same whenever they run.
struct Agreements<Value: Equatable & Sendable>: Sendable {
    /// What it is, by instruction.
    private(set) var values: [Int: Value] = [:]

    /// Compares what an instruction found with what it found before.
    ///
    /// - Parameters:
    ///   - isFirst: whether the instruction wasn't met before.
    ///   - merge: makes one of two that differ, the known one and the one just found, or returns false where there is
    ///     none.
    mutating func see(
        _ found: Value?, at index: Int, _ isFirst: Bool, merge: (inout Value, Value) -> Bool = { _, _ in false }
    ) {
        if isFirst {
            if let found { values[index] = found }
        } else if var known = values[index], known != found {
            let agree = found.map { merge(&known, $0) } ?? false
            values[index] = agree ? known : nil
        }
    }
}
