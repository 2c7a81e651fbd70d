import BPFMaps
import BPFModel
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
    /// What it does with packets.
    let use: PacketUse
    /// Whether it may find maps or programs in maps, which must not go while it runs.
    let findsObjects: Bool
    /// The maps whose addresses the operations hold.
    private let maps: [Int32: Map]
    /// The helpers whose addresses the operations hold.
    private let helpers: HelperRegistry

    init(
        _ program: VerifiedProgram, maps: [Int32: Map], helpers: HelperRegistry
    ) throws(LoadError) {
        let lowering = Lowering(spec: program.spec, facts: program.facts, maps: maps, helpers: helpers)
        use = PacketUse(program.spec)
        (operations, instructions) = try lowering.run()
        buffer = OperationBuffer(operations)
        // Who knows what a program needs that this one goes on in.
        needs = lowering.makesTailCalls || use.seesContext ? .everything : ContextNeeds(program.facts)
        findsObjects = maps.values.contains { $0.spec.type.holdsObjects }
        self.maps = maps
        self.helpers = helpers
    }

    /// Where a tail call goes: the address of the operation before the first one that counts for it.
    var tailEntry: UInt64 {
        let beginsRun = operations[0].code == .detour && operations[0].source == Detour.beginRun.rawValue
        return buffer.address(before: beginsRun ? 1 : 0)
    }
}
