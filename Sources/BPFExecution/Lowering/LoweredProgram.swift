import BPFMaps
import BPFVerifier

/// A verified program as the interpreter runs it: operations at a fixed address, with what they refer to kept alive.
final class LoweredProgram: Sendable {
    let buffer: OperationBuffer
    /// The operations, for listings.
    let operations: [Operation]
    /// The instruction each operation came from.
    let instructions: [Int]
    /// How much of the context it needs for each packet.
    let needs: ContextNeeds
    /// The maps whose addresses the operations hold.
    private let maps: [Int32: Map]

    init(_ program: VerifiedProgram, maps: [Int32: Map]) throws(LoadError) {
        (operations, instructions) = try Lowering(spec: program.spec, facts: program.facts, maps: maps).run()
        buffer = OperationBuffer(operations)
        needs = ContextNeeds(program.facts)
        self.maps = maps
    }
}
