import BPFModel

/// What programs do with a perf event array, at the map's address.
package enum PerfWriter {
    /// The index that stands for the running worker.
    private static let current: UInt32 = .max

    /// Writes a record of two parts to a worker's ring: 0, or an errno, negated.
    ///
    /// Source: Linux, `__bpf_perf_event_output`.
    package static func write(
        _ map: UnsafeMutableRawPointer, index: UInt32, worker: UInt32, _ bytes: UnsafeRawBufferPointer,
        then more: UnsafeRawBufferPointer
    ) -> Int64 {
        let index = index == current ? worker : index
        guard unsafe Int(index) < MapHeader.at(map).pointee.capacity else { return Errno.tooBig.returned }
        guard let ring = unsafe CellHeader.object(map, at: index) else { return Errno.noEntry.returned }
        guard index == worker else { return Errno.notSupported.returned }
        return unsafe RingWriter.write(ring, bytes, then: more, 0) ? 0 : Errno.noSpace.returned
    }
}
