import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import Testing

/// What a run gave: the result, or why the reference engine stopped it.
enum Outcome: Equatable, CustomStringConvertible {
    case returned(UInt64)
    case fault(String)

    var description: String {
        switch self {
        case .returned(let value): "0x" + String(value, radix: 16)
        case .fault(let text): text
        }
    }
}

extension Engine {
    /// Runs `code` on `memory`, on this engine; asserts that it was this one.
    ///
    /// The interpreter gets programs through the door for tests; their authors vouch for them.
    func run(
        _ code: InstructionSequence, type: ProgramType = .socketFilter, memory: inout [UInt8],
        maps: [Int32: Map] = [:], worker: Worker = Worker()
    ) throws -> Outcome {
        let spec = ProgramSpec(type: type, code: code, maps: maps.mapValues(\.spec))
        let executable = try make(spec, .memory(size: memory.count), maps)
        let value = executable.run(memory: &memory, worker: worker)
        return worker.fault.map { .fault("\($0)") } ?? .returned(value)
    }

    /// Runs `code` with an empty memory.
    func run(_ code: InstructionSequence, maps: [Int32: Map] = [:], worker: Worker = Worker()) throws -> Outcome {
        var memory: [UInt8] = []
        return try run(code, memory: &memory, maps: maps, worker: worker)
    }

    /// Runs `code` on a packet.
    func run(
        _ code: InstructionSequence, type: ProgramType = .socketFilter, packet: [UInt8],
        metadata: PacketMetadata = PacketMetadata(), maps: [Int32: Map] = [:], worker: Worker = Worker()
    ) throws -> Outcome {
        let spec = ProgramSpec(type: type, code: code, maps: maps.mapValues(\.spec))
        let executable = try make(spec, .context, maps)
        let value = executable.run(on: packet.span, metadata: metadata, worker: worker)
        return worker.fault.map { .fault("\($0)") } ?? .returned(value)
    }

    func make(_ spec: ProgramSpec, _ entry: ProgramEntry, _ maps: [Int32: Map]) throws -> Executable {
        let executable =
            switch self {
            case .reference: try Executable(unverified: spec, entry: entry, maps: maps)
            case .interpreter: try Executable(.unproven(spec, entry: entry), maps: maps, engine: .interpreter)
            }
        #expect(executable.engine == self)
        return executable
    }
}
