import PacketBuffers

/// What a capture held and what a filter kept of it.
public struct PacketTally: Hashable, Sendable {
    /// How many packets were read.
    public var packetsRead: UInt64 = 0
    /// How many of them were kept.
    public var packetsKept: UInt64 = 0
    /// The lengths of the kept packets on the wire, added up.
    public var bytesKept: UInt64 = 0
    /// The captured bytes of the kept packets, added up.
    public var capturedBytesKept: UInt64 = 0

    /// A tally of nothing.
    public init() {}

    /// Counts packets with verdicts on them.
    ///
    /// - Parameters:
    ///   - records: the packets.
    ///   - verdicts: for each packet how many bytes to keep, 0 for none.
    ///   - limit: the most packets to keep in all.
    /// - Returns: how many packets were counted: all, or those up to the one that completed the limit.
    mutating func count(_ records: Span<PacketRecord>, _ verdicts: Span<UInt32>, limit: UInt64) -> Int {
        var counted = 0
        while counted < records.count, packetsKept < limit {
            let verdict = verdicts[counted]
            if verdict != 0 {
                let record = records[counted]
                packetsKept &+= 1
                bytesKept &+= UInt64(record.originalLength)
                capturedBytesKept &+= UInt64(min(record.capturedLength, verdict))
            }
            counted &+= 1
        }
        packetsRead &+= UInt64(counted)
        return counted
    }
}
