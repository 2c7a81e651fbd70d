public import BPFExecution
import BPFModel
public import BPFVerifier

/// A packet on which a refused program does wrong, at the very instruction it was refused for.
///
///     if let example = Counterexample.find(for: rejection) { print(example.fault) }
public struct Counterexample: Hashable, Sendable {
    /// The packet.
    public let packet: [UInt8]
    /// What the context shows beside its bytes.
    public let metadata: PacketMetadata
    /// Where ``Worker/seed(_:)`` starts the program's random numbers.
    public let seed: UInt64
    /// The context's fields that are not as usual, by Linux's names.
    public let fields: [Field]
    /// What the program does.
    public let fault: Fault

    /// What the program's maps hold beforehand, in order; the values are zeros.
    public let entries: [Entry]

    /// An entry of a map.
    public struct Entry: Hashable, Sendable {
        /// The number the program names the map with.
        public let map: Int32
        /// The key.
        public let key: [UInt8]
    }

    /// A field of the context.
    public struct Field: Hashable, Sendable {
        /// The name in Linux's structure.
        public let name: String
        /// What it holds.
        public let value: UInt32
    }

    /// How many packets are tried at most.
    public static let attempts = 20_000

    /// Looks for a packet that leads along the path to the refused instruction, and makes it fail there.
    ///
    /// The program runs on the reference engine, which checks every step, with maps that hold at most what it looks up. Where a run leaves the
    /// path, the packet bytes, context fields and lengths it looked at before are changed until the run stays on it.
    /// What is left is tried at random. That none is found doesn't mean that there is none.
    ///
    /// - Parameters:
    ///   - rejection: why the program was refused.
    ///   - seed: what random changes start from; equal seeds find equal packets.
    /// - Returns: nil where none was found, or the program doesn't run on packets.
    public static func find(for rejection: VerifierRejection, seed: UInt64 = 1) -> Counterexample? {
        guard let index = rejection.index, rejection.program.type.seesPackets,
            var search = CounterexampleSearch(rejection, at: index, seed: seed)
        else { return nil }
        return search.run()
    }
}

extension Counterexample {
    init(_ candidate: Candidate, of type: ProgramType, _ fault: Fault) {
        packet = candidate.packet
        metadata = candidate.metadata
        seed = candidate.seed
        self.fault = fault
        entries = candidate.entries.sorted {
            $0.map == $1.map ? $0.key.lexicographicallyPrecedes($1.key) : $0.map < $1.map
        }
        fields = type.context.fields.compactMap { field in
            guard let number = PacketMetadata.number(of: field.id) else {
                guard field.id == .length || field.id == .wireLength else { return nil }
                return candidate.metadata.originalLength.map { Field(name: field.name, value: $0) }
            }
            let value = candidate.metadata[keyPath: number]
            return value == PacketMetadata()[keyPath: number] ? nil : Field(name: field.name, value: value)
        }
    }
}
