public import BPFExecution
public import ByteStreams
public import PacketBuffers
public import PacketFiles

/// The packets of a capture with a filter's verdicts on them, batch by batch.
///
///     var capture = try CaptureFile(path: "mixed.pcapng").open(matching: "tcp port 80")
///     var batch = PacketBatch()
///     while try capture.read(into: &batch) {
///         for (record, verdict) in zip(batch.records, capture.verdicts) where verdict > 0 { ... }
///     }
///
/// A batch holds everything that was read, also what the filter leaves out and what lies between the packets, so that a
/// capture can be copied with only some of its packets: see ``CaptureCopier``.
public struct FilteredCapture {
    /// Reads the capture.
    public let reader: CaptureReader
    /// What was read and kept so far.
    public private(set) var tally = PacketTally()
    /// For each packet of the last batch how many bytes to keep of it, 0 for none; shorter than the batch's records where the
    /// limit was reached within it.
    public private(set) var verdicts: [UInt32] = []
    /// The most packets to keep; reading ends with the packet that completes it.
    public var limit = UInt64.max

    private var selector: PacketSelector

    /// Gets the lines that the filter's program writes with `bpf_trace_printk`; nil drops them.
    public var trace: ((TraceLine) -> Void)? {
        get { selector.trace }
        nonmutating set { selector.trace = newValue }
    }

    /// Reads the beginning of a capture, and makes the filter ready for the link types it names.
    ///
    /// - Throws: ``PipelineError`` where the bytes are no capture, or the filter can be used on none of its link types.
    public init(_ source: any ByteSource, filter: PacketFilter = .everything) throws(PipelineError) {
        do { reader = try CaptureReader(source) } catch { throw .capture(error) }
        do { selector = try PacketSelector(filter, for: reader) } catch { throw .filter(error) }
    }

    /// Replaces the batch's content by what comes next in the capture, and ``verdicts`` by those on its packets.
    ///
    /// - Returns: false at the end of the capture, or where the limit was reached before.
    /// - Throws: ``PipelineError``, after everything before the place was delivered.
    public mutating func read(into batch: inout PacketBatch) throws(PipelineError) -> Bool {
        guard tally.packetsKept < limit else {
            batch.removeAll()
            verdicts.removeAll()
            return false
        }
        let isAtEnd: Bool
        do { isAtEnd = try !reader.read(into: &batch) } catch { throw .capture(error) }
        do {
            if isAtEnd {
                verdicts.removeAll()
                try selector.check()
                return false
            }
            try selector.decide(on: &batch, of: reader, into: &verdicts)
        } catch {
            throw .filter(error)
        }
        var tally = tally
        let counted = tally.count(batch.records.span, verdicts.span, limit: limit)
        self.tally = tally
        if counted < verdicts.count { verdicts.removeLast(verdicts.count - counted) }
        return true
    }

    /// The link types of packets that the filter cannot be used on, and why; none of these packets are kept.
    ///
    /// Only captures of several link types have any: where a filter can be used on none, that is an error.
    public var refusals: [SelectionError] { selector.refusalsMet }

    /// How often the program gave which action, by name; empty unless its results are actions.
    public var actions: [(name: String, count: Int)] {
        selector.actions.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
    }

    /// The filter as it is used on each link type that was met, in the order of their numbers.
    public var linkFilters: [(linkType: LinkType, filter: LinkFilter)] { selector.inUse }
}
