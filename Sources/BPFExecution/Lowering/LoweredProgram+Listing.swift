extension LoweredProgram: CustomStringConvertible {
    /// One line for each operation: its number, the instruction it came from, its code and its fields.
    var description: String {
        operations.indices.map { "\($0): [\(instructions[$0])] \(operations[$0])" }.joined(separator: "\n")
    }
}

extension Operation: CustomStringConvertible {
    /// The code and the fields.
    var description: String {
        if code == .detour, let detour = Detour(rawValue: source) {
            return "\(code) \(detour) r\(destination), offset \(offset), auxiliary \(auxiliary)"
        }
        return "\(code) r\(destination), r\(source), offset \(offset), immediate \(upperHalf):\(lowerHalf)"
    }
}
