import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import Testing

/// Calls of helpers on a packet, one after the other, and what came of them.
struct HelperRun {
    /// What the last call gave.
    let result: Int64
    let outcome: PacketOutcome
    let packet: [UInt8]

    /// Makes calls of helpers with the context, where they take it, and numbers.
    init(
        _ engine: Engine, _ type: ProgramType, _ packet: [UInt8], _ calls: [(HelperPrototype, [UInt64])],
        metadata: PacketMetadata = PacketMetadata(), maps: [Int32: Map] = [:], worker: Worker = Worker()
    ) throws {
        var code: [Instruction] = [.move(.r6, .register(.r1))]
        for (helper, numbers) in calls {
            let first = helper.arguments.first == .context ? 1 : 0
            if first == 1 { code.append(.move(.r1, .register(.r6))) }
            code += zip(Register.arguments.dropFirst(first), numbers).map { .loadWide($0, .value($1)) }
            if helper.arguments.first == .map { code.append(.loadWide(.r1, .map(1))) }
            code.append(.call(helper: helper.id))
            if helper.result == .nothing { code.append(.move(.r0, 0)) }
        }
        try self.init(
            engine, type, packet, code: code + [.exit], metadata: metadata, maps: maps, worker: worker)
    }

    /// Runs a program on a packet.
    init(
        _ engine: Engine, _ type: ProgramType, _ packet: [UInt8], code: [Instruction],
        metadata: PacketMetadata = PacketMetadata(), maps: [Int32: Map] = [:], worker: Worker = Worker()
    ) throws {
        let spec = ProgramSpec(type: type, code: InstructionSequence(code), maps: maps.mapValues(\.spec))
        let executable = try engine.make(spec, .context, maps)
        var packet = packet
        outcome = executable.process(&packet, metadata: metadata, worker: worker)
        #expect(worker.fault == nil)
        result = Int64(bitPattern: outcome.result)
        self.packet = packet
    }
}

/// Packets with Ethernet headers.
enum Frame {
    /// Sixty bytes that differ, behind an Ethernet header with this type.
    static func ethernet(_ type: UInt16, count: Int = 60) -> [UInt8] {
        (1...12).map { UInt8($0) } + [UInt8(type >> 8), UInt8(type & 0xff)]
            + (0..<(count - 14)).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
    }

    static let ipv4 = ethernet(0x0800)
    static let ipv6 = ethernet(0x86dd)
    static let arp = ethernet(0x0806)

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    /// A packet with bytes put in.
    static func inserting(_ bytes: [UInt8], at offset: Int, into packet: [UInt8]) -> [UInt8] {
        Array(packet[..<offset]) + bytes + packet[offset...]
    }
}

extension Errno {
    /// The value a helper returns for the error.
    var negated: Int64 { Int64(-rawValue) }
}
