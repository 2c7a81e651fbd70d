import BPFMaps
import BPFModel
import BPFVerifier

extension Executable {
    /// Runs the program on one packet, which stays as it is.
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
            return worker.withPacket(packet, metadata, use) { run(worker) }
        }
        worker.copyPacket(packet, metadata, use)
        defer { worker.forgetPacket() }
        return run(worker)
    }

    /// Runs the program on one packet, which a `sched_cls` or `xdp` program may change: its bytes and its length.
    ///
    /// A VLAN tag that the program pushed last is not in the packet: ``process(_:metadata:worker:)`` tells of it.
    public func run(onMutable packet: inout [UInt8], metadata: PacketMetadata? = nil, worker: Worker) -> UInt64 {
        guard seesPackets else { return 0 }
        return runChanging(&packet, metadata ?? worker.metadata, worker) { $0 }
    }

    /// Runs the program on one packet, and tells what came of it.
    ///
    /// - Parameters:
    ///   - packet: the captured bytes; afterwards, as the program left them.
    ///   - metadata: what else is known of it; the worker's by default.
    ///   - worker: the calling thread's.
    public func process(
        _ packet: inout [UInt8], metadata: PacketMetadata? = nil, worker: Worker
    ) -> PacketOutcome {
        let metadata = metadata ?? worker.metadata
        guard seesPackets else { return PacketOutcome(result: 0, metadata: metadata) }
        return runChanging(&packet, metadata, worker) { result in
            PacketOutcome(
                result: result, redirect: redirect(result, worker), metadata: worker.metadata(after: metadata),
                prefix: use.isFrame ? worker.packetPrefix : [])
        }
    }

    private func runChanging<Outcome>(
        _ packet: inout [UInt8], _ metadata: PacketMetadata, _ worker: Worker, _ outcome: (UInt64) -> Outcome
    ) -> Outcome {
        guard needsRoom else {
            return worker.withMutablePacket(&packet, metadata, use) { outcome(run(worker)) }
        }
        worker.copyPacket(packet.span, metadata, use)
        defer { worker.forgetPacket() }
        let outcome = outcome(run(worker))
        worker.takePacket(into: &packet)
        return outcome
    }

    /// Whether the packet must lie in the worker's memory: where it may grow, or is moved to find stale pointers.
    private var needsRoom: Bool {
        switch engine {
        case .interpreter: use.resizes
        case .reference: use.changes
        }
    }

    /// Where the packet is to go, if the result says so and a helper was told.
    private func redirect(_ result: UInt64, _ worker: Worker) -> PacketRedirect? {
        let isRedirected =
            use.isFrame
            ? XDPAction(result: result) == .redirect
            : spec.type == .schedCls && TrafficAction(result: result) == .redirect
        guard isRedirected else { return nil }
        switch worker.redirectRequest {
        case .none: return nil
        case .interface(let index, let flags):
            return .interface(index, ingress: flags & PacketRedirect.ingressFlag != 0)
        case .entry(let key, let value): return .entry(key: key, value: value)
        case .broadcast(let address, let flags):
            return .broadcast(
                map: maps.first { $0.value.address == address }?.key,
                exceptIngress: flags & PacketRedirect.exceptIngressFlag != 0)
        }
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
