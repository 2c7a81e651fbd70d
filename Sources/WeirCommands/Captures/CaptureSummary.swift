internal import Weir

/// What a command read and kept of a capture, and how long that took.
struct CaptureSummary {
    var tally: PacketTally
    /// How long reading and working took.
    var seconds: Double
    /// Whether the capture was read to its end, or to the limit that was asked for.
    var isComplete: Bool

    /// The line on standard error.
    var line: String {
        "\(tally.packetsRead) packets read, \(tally.packetsKept) matched, \(tally.bytesKept) bytes, "
            + "\(Quantity.seconds(seconds)) s, \(Quantity.megapackets(tally.packetsRead, in: seconds)) Mpps"
    }

    /// The same as JSON.
    var json: JSONValue {
        .object(counts + [JSONValue.Field("seconds", .decimal(seconds))])
    }

    /// What is a result, without the time: the same in every run over the same capture.
    var result: JSONValue { .object(counts) }

    private var counts: [JSONValue.Field] {
        let counts: [(String, JSONValue)] = [
            ("packets_read", .unsigned(tally.packetsRead)), ("packets_matched", .unsigned(tally.packetsKept)),
            ("bytes", .unsigned(tally.bytesKept)), ("captured_bytes", .unsigned(tally.capturedBytesKept)),
            ("complete", .bool(isComplete)),
        ]
        return counts.map { JSONValue.Field($0, $1) }
    }
}
