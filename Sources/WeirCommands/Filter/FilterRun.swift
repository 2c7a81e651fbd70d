internal import Weir

/// One run of `weir filter`: batches from a capture to a destination, until something ends it.
struct FilterRun {
    var capture: FilteredCapture
    let console: Console
    let display: DisplayArguments

    /// How a run ended.
    private enum End {
        case atEnd
        case interrupted
        case damaged(PipelineError)
    }

    /// Moves everything, then says what it was.
    mutating func run(into destination: any PacketDestination) throws -> CommandStatus {
        var destination = destination
        let clock = ContinuousClock()
        let start = clock.now
        let end = try move(into: &destination)
        let isComplete = if case .atEnd = end { true } else { false }
        let summary = FilterSummary(
            tally: capture.tally, seconds: (clock.now - start).inSeconds, isComplete: isComplete)
        try destination.finish(summary)
        if display.verbose { describeFilters() }
        for refusal in capture.refusals { console.report("packets left out: \(refusal)") }
        if !display.quiet, !destination.printsSummary {
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

    private mutating func move(into destination: inout any PacketDestination) throws -> End {
        var batch = PacketBatch()
        var progress = ProgressBar(on: console, quiet: display.quiet)
        defer { progress?.clear() }
        let streams = capture.reader.progress == nil
        do {
            while try capture.read(into: &batch) {
                try destination.take(batch, capture.verdicts)
                if streams { try destination.flush() }
                if console.interruption.isRequested { return .interrupted }
                progress?.update(capture.reader.progress, packets: capture.tally.packetsRead)
            }
            // A pipe that gave nothing ends where the user asked to stop.
            return console.interruption.isRequested ? .interrupted : .atEnd
        } catch let error as PipelineError {
            return console.interruption.isRequested ? .interrupted : .damaged(error)
        }
    }

    private func describeFilters() {
        for (linkType, filter) in capture.linkFilters {
            console.report("link type \(linkType.libpcapName ?? "\(linkType.rawValue)"): \(filter)")
        }
    }
}
