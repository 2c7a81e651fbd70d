// The helpers that hand records to the host.
extension HelperPrototype {
    static let records: [HelperPrototype] = [
        tracePrint, perfEventOutput, ringBufferOutput, ringBufferReserve, ringBufferSubmit, ringBufferDiscard,
        ringBufferQuery,
    ]

    /// Writes to the host's log; the number of bytes, or an errno, negated.
    public static let tracePrint = HelperPrototype(
        6, "bpf_trace_printk", [.readableMemory, .size], .scalar, .everyType, needsGPL: true, needsPrivilege: true)

    /// Writes a record to a worker's ring; 0 or an errno, negated.
    public static let perfEventOutput = HelperPrototype(
        25, "bpf_perf_event_output", [.context, .map, .anything, .readableMemory, .sizeOrZero], .scalar, .everyType,
        maps: [.perfEventArray], needsGPL: true)

    /// Writes a record; 0 or an errno, negated.
    public static let ringBufferOutput = HelperPrototype(
        130, "bpf_ringbuf_output", [.map, .readableMemory, .sizeOrZero, .anything], .scalar, .everyType,
        maps: [.ringbuf])

    /// The address of a new record, or 0.
    public static let ringBufferReserve = HelperPrototype(
        131, "bpf_ringbuf_reserve", [.map, .recordSize, .anything], .recordOrNull, .everyType, maps: [.ringbuf])

    /// Hands a record over.
    public static let ringBufferSubmit = HelperPrototype(
        132, "bpf_ringbuf_submit", [.record, .anything], .nothing, .everyType)

    /// Drops a record.
    public static let ringBufferDiscard = HelperPrototype(
        133, "bpf_ringbuf_discard", [.record, .anything], .nothing, .everyType)

    /// How full the ring is, by what is asked.
    public static let ringBufferQuery = HelperPrototype(
        134, "bpf_ringbuf_query", [.map, .anything], .scalar, .everyType, maps: [.ringbuf])
}
