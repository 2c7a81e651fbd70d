/// A classic BPF program: an inert value, checked by nobody yet.
///
/// Equal instructions make equal programs. Whether a program may run is for ``check(_:)`` to say.
public struct ClassicProgram: Hashable, Sendable, Codable {
    /// The instructions, in order; jumps count from the instruction behind them.
    public var instructions: [ClassicInstruction]

    /// A program of these instructions.
    public init(_ instructions: [ClassicInstruction]) { self.instructions = instructions }

    /// A program of these operations.
    public init(_ operations: [ClassicOperation]) { self.init(operations.map { ClassicInstruction($0) }) }

    /// The most instructions Linux takes (`BPF_MAXINSNS`); libpcap in user space has no bound.
    public static let maximumLength = 4096
    /// The number of memory cells (`BPF_MEMWORDS`).
    public static let memoryCells = 16

    /// Every ancillary field the program names, in the order of the table: none for a program that reads only bytes.
    public var ancillaryFields: [AncillaryField] {
        var named = Set<AncillaryField>()
        for instruction in instructions {
            guard case .loadAbsolute(_, let offset) = instruction.operation else { continue }
            if let field = AncillaryField(offset: offset) { named.insert(field) }
        }
        return AncillaryField.allCases.filter { named.contains($0) }
    }
}
