import BPFModel
import BPFVerifier

extension Executable {
    /// Whether the program runs on packets.
    var seesPackets: Bool { entry == .context && spec.type.seesPackets }

    /// Runs the program on an event: `r1` is the address of its bytes.
    ///
    /// For types whose context is plain memory: the registers of a `kprobe`, the record of a `tracepoint`, the
    /// arguments of a `raw_tracepoint`, the system call of a `seccomp` program. The program sees a copy, with zeros
    /// behind it up to the context's size.
    ///
    /// - Parameters:
    ///   - event: the bytes; what goes beyond the context's size isn't seen.
    ///   - worker: the calling thread's; its metadata says when the event was.
    /// - Returns: what the program returned; 0 where the reference engine stopped it (``Worker/fault``), for programs
    ///   whose entry is memory, and for those that see packets.
    public func run(event: Span<UInt8>, worker: Worker) -> UInt64 {
        guard entry == .context, !seesPackets else { return 0 }
        return worker.withEvent(event, size: spec.type.context.size) { address in
            switch body {
            case .lowered(let program): program.run(worker, address, 0)
            case .reference(let engine): finish(engine.run(worker), worker)
            }
        }
    }
}
