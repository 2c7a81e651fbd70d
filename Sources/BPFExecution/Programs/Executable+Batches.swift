import BPFVerifier
public import PacketBuffers

extension Executable {
    /// Runs the program on every packet of a batch.
    ///
    /// The context shows of each packet what its record says: the length on the wire as `len`, the time stamp, the
    /// interface's index plus one where the worker's metadata names no interface, and the EtherType. The rest is the
    /// worker's metadata. A `sched_cls` or `xdp` program may change the packets. One that gets another
    /// length moves to the storage's end, with the headers of its record but not what followed it there: such a batch
    /// can't be copied record by record. Tags and metadata beside a packet are lost, and so is where it was to be sent:
    /// ``process(_:metadata:worker:)`` tells all of that.
    ///
    /// - Parameters:
    ///   - batch: the packets; records outside the storage give 0.
    ///   - results: afterwards, what the program returned for each packet: for a `socket_filter` how many bytes to
    ///     keep. 0 where the reference engine stopped it (``Worker/fault`` has the last reason), and everywhere for
    ///     programs that run on memory or events.
    ///   - worker: the calling thread's.
    public func run(batch: inout PacketBatch, results: inout [UInt32], worker: Worker) {
        Self.resize(&results, to: batch.records.count)
        guard seesPackets else {
            for index in results.indices { results[index] = 0 }
            return
        }
        switch body {
        case .lowered(let program): program.run(&batch, &results, worker)
        case .reference(let engine): engine.run(&batch, &results, worker)
        }
    }

    private static func resize(_ results: inout [UInt32], to count: Int) {
        if results.count > count { results.removeLast(results.count - count) }
        while results.count < count { results.append(0) }
    }
}
