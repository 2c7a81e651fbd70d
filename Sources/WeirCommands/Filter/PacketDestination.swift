internal import Weir

/// What becomes of the packets that a filter keeps.
protocol PacketDestination {
    /// Takes the packets of a batch.
    ///
    /// - Parameters:
    ///   - batch: what was read.
    ///   - verdicts: for each packet how many bytes to keep, 0 for none; packets without a verdict are left out.
    mutating func take(_ batch: borrowing PacketBatch, _ verdicts: [UInt32]) throws

    /// Hands over what was taken so far.
    func flush() throws(StreamError)

    /// Completes the result.
    func finish(_ summary: CaptureSummary) throws(StreamError)
}

/// Prints how many packets there are.
struct CountDestination: PacketDestination {
    let console: Console
    let json: Bool

    func take(_ batch: borrowing PacketBatch, _ verdicts: [UInt32]) {}
    func flush() {}

    func finish(_ summary: CaptureSummary) throws(StreamError) {
        try console.print(json ? summary.result.description : "\(summary.tally.packetsKept)")
    }
}

/// Copies packets to a capture.
struct CaptureDestination: PacketDestination {
    private let copier: CaptureCopier
    private let sink: any ByteSink

    /// Copies by `copier`, which writes to `sink`.
    init(_ copier: CaptureCopier, _ sink: any ByteSink) {
        self.copier = copier
        self.sink = sink
    }

    func take(_ batch: borrowing PacketBatch, _ verdicts: [UInt32]) throws(StreamError) {
        try copier.copy(batch, keeping: verdicts)
    }

    func flush() throws(StreamError) { try sink.flush() }
    func finish(_ summary: CaptureSummary) throws(StreamError) { try sink.finish() }
}
