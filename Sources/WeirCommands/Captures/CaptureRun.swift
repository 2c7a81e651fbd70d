internal import Weir

/// One walk of a command over a capture: batch by batch, until something ends it.
struct CaptureRun {
    /// How a walk ended.
    enum End {
        case atEnd
        case interrupted
        case damaged(PipelineError)

        /// Whether everything was read that was asked for.
        var isComplete: Bool { if case .atEnd = self { true } else { false } }
    }

    /// The capture, with a filter on it.
    private(set) var capture: FilteredCapture
    private let console: Console
    private let display: DisplayArguments
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Prepares the walk; its time begins to count.
    init(_ capture: FilteredCapture, on console: Console, _ display: DisplayArguments) {
        self.capture = capture
        self.console = console
        self.display = display
        start = clock.now
    }

    /// Opens a capture with a filter on it.
    static func open(
        _ source: any ByteSource, _ filter: PacketFilter, on console: Console
    ) throws -> FilteredCapture {
        do {
            return try FilteredCapture(source, filter: filter)
        } catch {
            // A pipe that is given up before it gave anything looks like an empty file.
            guard !console.interruption.isRequested else { throw CommandError.interrupted }
            throw error
        }
    }

    /// Whether the capture comes over a pipe, so that results are wanted as they come.
    var isLive: Bool { capture.reader.progress == nil }

    /// Calls `body` with every batch and the filter's verdicts on its packets.
    mutating func forEachBatch(_ body: (inout PacketBatch, [UInt32]) throws -> Void) throws -> End {
        var batch = PacketBatch()
        var progress = ProgressBar(on: console, quiet: display.quiet)
        defer { progress?.clear() }
        while true {
            do throws(PipelineError) {
                guard try capture.read(into: &batch) else { break }
            } catch {
                if case .filter = error { throw error }
                return console.interruption.isRequested ? .interrupted : .damaged(error)
            }
            try body(&batch, capture.verdicts)
            if console.interruption.isRequested { return .interrupted }
            progress?.update(capture.reader.progress, packets: capture.tally.packetsRead)
        }
        // A pipe that gave nothing ends where the user asked to stop.
        return console.interruption.isRequested ? .interrupted : .atEnd
    }

    /// What was read and kept until now.
    func summary(_ end: End) -> CaptureSummary {
        CaptureSummary(tally: capture.tally, seconds: (clock.now - start).inSeconds, isComplete: end.isComplete)
    }

    /// Says how it went: engines where asked for, packets left out, the summary and the error.
    ///
    /// - Returns: how the command ends.
    func report(_ end: End, _ summary: CaptureSummary) -> CommandStatus {
        if display.verbose {
            for (linkType, filter) in capture.linkFilters {
                console.report("link type \(linkType.libpcapName ?? "\(linkType.rawValue)"): \(filter)")
            }
        }
        for refusal in capture.refusals { console.report("packets left out: \(refusal)") }
        if !display.quiet, !display.json, !capture.actions.isEmpty {
            console.note(capture.actions.map { "\($0.name) \($0.count)" }.joined(separator: ", "))
        }
        if !display.quiet {
            console.note(display.json ? summary.json.description : summary.line)
        }
        switch end {
        case .atEnd: return .done
        case .interrupted:
            console.report("interrupted after \(capture.tally.packetsRead) packets")
            return .interrupted
        case .damaged(let error):
            console.report("\(error); the \(capture.tally.packetsRead) packets before it were read")
            return .failed
        }
    }
}
