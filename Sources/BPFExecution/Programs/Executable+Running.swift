import BPFModel
import BPFVerifier

extension Executable {
    /// Runs the program on one packet.
    ///
    /// Programs that may write packets (`sched_cls`, `xdp`) get a copy.
    ///
    /// - Parameters:
    ///   - packet: the captured bytes.
    ///   - metadata: what else is known of it; the worker's by default.
    ///   - worker: the calling thread's.
    /// - Returns: what the program returned: for a `socket_filter` how many bytes to keep. 0 where the reference
    ///   engine stopped it (``Worker/fault``), and for programs whose entry is memory.
    public func run(on packet: Span<UInt8>, metadata: PacketMetadata? = nil, worker: Worker) -> UInt64 {
        guard seesPackets else { return 0 }
        let metadata = metadata ?? worker.metadata
        if spec.type == .socketFilter {
            return worker.withPacket(packet, metadata) { run(worker) }
        }
        var copy = Worker.copy(packet)
        return run(onMutable: &copy, metadata: metadata, worker: worker)
    }

    /// Runs the program on one packet, which a `sched_cls` or `xdp` program may change.
    public func run(onMutable packet: inout [UInt8], metadata: PacketMetadata? = nil, worker: Worker) -> UInt64 {
        guard seesPackets else { return 0 }
        let metadata = metadata ?? worker.metadata
        return worker.withMutablePacket(&packet, metadata) { run(worker) }
    }

    /// Runs a program whose entry is memory: `r1` is the memory's address and `r2` its length.
    ///
    /// - Returns: what the program returned; 0 where the reference engine stopped it, where the program expects a
    ///   context, and where it was verified for a longer memory.
    public func run(memory: inout [UInt8], worker: Worker) -> UInt64 {
        guard case .memory(let size) = entry, memory.count >= size else { return 0 }
        let count = memory.count
        return worker.withMemory(&memory) { address in
            switch body {
            case .lowered(let program): program.run(worker, address, UInt64(count))
            case .reference(let engine): finish(engine.run(worker, memory: (address, count)), worker)
            }
        }
    }

    /// Runs the program on the context the worker holds.
    private func run(_ worker: Worker) -> UInt64 {
        switch body {
        case .lowered(let program): program.run(worker, worker.contextAddress, 0)
        case .reference(let engine): finish(engine.run(worker), worker)
        }
    }

    func finish(_ result: Result<UInt64, Fault>, _ worker: Worker) -> UInt64 {
        switch result {
        case .success(let value):
            worker.fault = nil
            return value
        case .failure(let fault):
            worker.fault = fault
            return 0
        }
    }
}
