import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier

extension Scenario {
    /// Runs the scenario on an engine.
    func observe(_ engine: Engine) throws -> Observation {
        let map = try Map(Self.records)
        let executable = try Executable(Verifier().verify(spec), maps: [1: map], engine: engine)
        var packet = packet
        var metadata = PacketMetadata()
        metadata.packetType = packetType
        let worker = Worker()
        let outcome = executable.process(&packet, metadata: metadata, worker: worker)
        if let fault = worker.fault { throw fault }
        return Observation(
            result: UInt32(truncatingIfNeeded: outcome.result), packet: outcome.prefix + packet,
            records: try map.lookup([0, 0, 0, 0]))
    }

    /// What a test run's loopback interface takes the packet for, by its destination.
    private var packetType: UInt32 {
        if packet.prefix(6).allSatisfy({ $0 == 0 }) { return 0 }
        return packet[0] & 1 == 1 ? 2 : 3
    }
}
