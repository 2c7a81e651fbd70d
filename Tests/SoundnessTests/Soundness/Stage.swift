import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import TestKit

/// One worker and one set of maps for every run, with random packets, contexts, memory and values.
final class Stage {
    let worker = Worker(clock: .fixed(7))
    private let maps: [Int32: Map]
    /// Programs to go on with, for each sort of programs that may do so.
    private var others: [Sort: Map] = [:]

    /// What programs of one `prog_array` have in common.
    private struct Sort: Hashable {
        let type: ProgramType
        let entry: ProgramEntry
    }

    init() throws {
        maps = try BlockGenerator.maps.mapValues(Self.map)
        if let outer = maps[7], let spec = outer.spec.inner { try outer.update([1, 0, 0, 0], Self.map(spec)) }
        worker.budget = 100_000
    }

    private static func map(_ spec: MapSpec) throws -> Map { try Map(spec, options: MapOptions(seed: 3)) }

    /// The maps of a program, with programs like it to go on with.
    func maps(for spec: ProgramSpec, _ entry: ProgramEntry) throws -> [Int32: Map] {
        let sort = Sort(type: spec.type, entry: entry)
        var maps = maps
        if let known = others[sort] {
            maps[5] = known
        } else if let spec = BlockGenerator.maps[5] {
            let programs = try Self.map(spec)
            let other = ProgramSpec(type: sort.type, code: [.move(.r0, 3), .exit])
            try programs.update([1, 0, 0, 0], Executable(unverified: other, entry: entry))
            others[sort] = programs
            maps[5] = programs
        }
        return maps
    }

    /// Runs a program on what `seed` stands for, and returns why it was stopped.
    func run(_ executable: Executable, seed: UInt64) throws -> Fault? {
        var random = SeededRandom(seed: seed)
        for number in maps.keys.sorted() {
            guard let map = maps[number] else { continue }
            guard [.hash, .array].contains(map.spec.type) else { continue }
            if map.spec.type == .hash {
                for entry in try map.entries() { try map.delete(Array(entry.key)) }
            }
            for key in 0..<UInt8(map.spec.maxEntries) where map.spec.type == .array || random.oneIn(2) {
                try map.update([key, 0, 0, 0], random.input(map.spec.valueSize))
            }
        }
        worker.seed(random.next())
        switch executable.entry {
        case .memory(let size):
            var memory = random.input(size)
            _ = executable.run(memory: &memory, worker: worker)
        case .context where !executable.spec.type.seesPackets:
            let event = random.input(Int.random(in: 0...300, using: &random))
            _ = executable.run(event: event.span, worker: worker)
        case .context:
            var packet = random.input(random.oneIn(8) ? 0 : Int.random(in: 0...80, using: &random))
            _ = executable.run(onMutable: &packet, metadata: random.metadata(packet.count), worker: worker)
        }
        try maps[4]?.drain { _, _ in }
        return worker.fault
    }
}

extension SeededRandom {
    /// Bytes as inputs have them: now small, now on an edge, now anything.
    fileprivate mutating func input(_ count: Int) -> [UInt8] {
        let style = Int.random(in: 0..<4, using: &self)
        return (0..<count).map { _ in
            switch style {
            case 0: UInt8.random(in: .min ... .max, using: &self)
            case 1: oneIn(3) ? UInt8.random(in: 0...40, using: &self) : 0
            case 2: pick([0, 0, 0xff, 0xff, 0x7f, 0x80, 1])
            default: oneIn(2) ? 0xff : 0
            }
        }
    }

    private mutating func word() -> UInt32 {
        let bytes = input(4)
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    fileprivate mutating func metadata(_ count: Int) -> PacketMetadata {
        var metadata = PacketMetadata()
        metadata.nanoseconds = UInt64(word()) << 32 | UInt64(word())
        metadata.networkOffset = oneIn(2) ? 14 : word()
        metadata.mark = word()
        metadata.priority = word()
        metadata.interface = word()
        metadata.ingressInterface = word()
        metadata.hash = word()
        metadata.receiveQueue = word()
        metadata.vlanTCI = oneIn(2) ? nil : UInt16(truncatingIfNeeded: word())
        metadata.originalLength = oneIn(2) ? nil : UInt32(count) + word() % 1000
        return metadata
    }
}
