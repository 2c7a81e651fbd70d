import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import TestKit

/// One worker and one set of maps for every run, with random packets, contexts, memory and values.
final class Stage {
    let worker = Worker(clock: .fixed(7))
    let maps: [Int32: Map]

    init() throws {
        maps = try BlockGenerator.maps.mapValues { spec throws(MapError) in try Map(spec, options: MapOptions(seed: 3))
        }
        worker.budget = 100_000
    }

    /// Runs a program on what `seed` stands for, and returns why it was stopped.
    func run(_ executable: Executable, seed: UInt64) throws -> Fault? {
        var random = SeededRandom(seed: seed)
        for number in maps.keys.sorted() {
            guard let map = maps[number] else { continue }
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
        case .context:
            var packet = random.input(random.oneIn(8) ? 0 : Int.random(in: 0...80, using: &random))
            _ = executable.run(onMutable: &packet, metadata: random.metadata(packet.count), worker: worker)
        }
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
