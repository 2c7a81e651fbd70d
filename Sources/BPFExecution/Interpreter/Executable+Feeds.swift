import BPFMaps
import PacketBuffers

extension LoweredProgram {
    /// Runs the program with what the worker's context holds.
    func run(_ worker: Worker, _ r1: UInt64, _ r2: UInt64) -> UInt64 {
        var feed = PacketFeed(worker, r1, r2)
        if findsObjects { worker.mark.begin() }
        unsafe Interpreter.run(buffer.start, worker.state, &feed)
        if findsObjects { worker.mark.end() }
        return feed.result
    }

    /// Runs the program on every packet of a batch.
    func run(_ batch: inout PacketBatch, _ results: inout [UInt32], _ worker: Worker) {
        if findsObjects { worker.mark.begin() }
        let resized = unsafe batch.storage.withUnsafeMutableBytes { storage in
            unsafe batch.records.withUnsafeBufferPointer { records in
                unsafe results.withUnsafeMutableBufferPointer { results in
                    guard
                        var feed = unsafe PacketFeed(
                            worker, needs, use, buffered: use.resizes, storage, records, results)
                    else { return [] as [ResizedPacket] }
                    unsafe Interpreter.run(buffer.start, worker.state, &feed)
                    return feed.resized
                }
            }
        }
        if findsObjects { worker.mark.end() }
        worker.forgetPacket()
        for packet in resized { batch.replace(packet) }
    }
}

extension ReferenceEngine {
    /// Runs the program on every packet of a batch; 0 where it was stopped, and the last reason in the worker.
    func run(_ batch: inout PacketBatch, _ results: inout [UInt32], _ worker: Worker) {
        worker.fault = nil
        let resized = unsafe batch.storage.withUnsafeMutableBytes { storage in
            unsafe batch.records.withUnsafeBufferPointer { records in
                unsafe results.withUnsafeMutableBufferPointer { results in
                    guard
                        var feed = unsafe PacketFeed(
                            worker, .everything, use, buffered: use.changes, storage, records, results)
                    else { return [] as [ResizedPacket] }
                    while feed.next() {
                        switch run(worker) {
                        case .success(let value): feed.finish(value)
                        case .failure(let fault):
                            worker.fault = fault
                            feed.finish(0)
                        }
                    }
                    return feed.resized
                }
            }
        }
        worker.forgetPacket()
        for packet in resized { batch.replace(packet) }
    }
}
