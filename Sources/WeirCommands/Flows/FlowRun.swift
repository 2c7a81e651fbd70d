internal import Weir

/// One run of `weir flows`: batches from a capture into the maps, until something ends it.
struct FlowRun {
    var capture: FilteredCapture
    var counter: FlowCounter
    let console: Console
    let display: DisplayArguments

    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var ending: String?

    init(capture: FilteredCapture, counter: FlowCounter, console: Console, display: DisplayArguments) {
        self.capture = capture
        self.counter = counter
        self.console = console
        self.display = display
        start = clock.now
    }

    /// Counts everything up to the end, the damage, or the interruption.
    mutating func count() throws -> CommandStatus {
        var batch = PacketBatch()
        var progress = ProgressBar(on: console, quiet: display.quiet)
        defer { progress?.clear() }
        do {
            while try capture.read(into: &batch) {
                try counter.count(&batch, capture.verdicts)
                if console.interruption.isRequested { return interrupted() }
                progress?.update(capture.reader.progress, packets: capture.tally.packetsRead)
            }
            return .done
        } catch let error as PipelineError {
            if console.interruption.isRequested { return interrupted() }
            ending = "\(error); the \(capture.tally.packetsRead) packets before it were counted"
            return .failed
        }
    }

    private mutating func interrupted() -> CommandStatus {
        ending = "interrupted after \(capture.tally.packetsRead) packets"
        return .interrupted
    }

    /// Says what was read and how fast, and what ended it early.
    func summarize() throws {
        try console.flush()
        for refusal in capture.refusals { console.report("packets that no filter was made for: \(refusal)") }
        let seconds = (clock.now - start).inSeconds
        if !display.quiet {
            let tally = capture.tally
            console.note(
                "\(tally.packetsRead) packets read, \(tally.packetsKept) counted, \(tally.bytesKept) bytes, "
                    + "\(Quantity.seconds(seconds)) s, \(Quantity.megapackets(tally.packetsRead, in: seconds)) Mpps")
        }
        if let ending { console.report(ending) }
    }
}
