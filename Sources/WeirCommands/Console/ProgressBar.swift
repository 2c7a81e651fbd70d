package import Weir

/// A line on the terminal that says how far a long job is, and disappears at its end.
package struct ProgressBar {
    /// Jobs shorter than this show nothing.
    private static let delay = Duration.seconds(1)
    private static let interval = Duration.milliseconds(100)
    private static let eraseLine = "\r\u{1b}[K"
    private static let width = 24

    private let console: Console
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant
    private var isShown = false

    /// Starts a bar; nil where messages don't go to a terminal or nobody wants it.
    init?(on console: Console, quiet: Bool) {
        guard console.terminals.messages, !quiet else { return nil }
        self.console = console
        start = clock.now
        next = start + Self.delay
    }

    /// Shows how far the job is, where it is time for it.
    ///
    /// - Parameters:
    ///   - progress: the bytes read, and how many there are; nil where nobody knows.
    ///   - packets: the packets read.
    mutating func update(_ progress: StreamProgress?, packets: UInt64) {
        let now = clock.now
        guard now >= next else { return }
        next = now + Self.interval
        isShown = true
        console.show(Self.eraseLine + Self.line(progress, packets: packets, seconds: (now - start).inSeconds))
    }

    /// Removes the line.
    mutating func clear() {
        if isShown { console.show(Self.eraseLine) }
        isShown = false
    }

    /// What the line says after `seconds`.
    package static func line(_ progress: StreamProgress?, packets: UInt64, seconds: Double) -> String {
        let rate = "\(Quantity.megapackets(packets, in: seconds)) Mpps"
        guard let progress, progress.size > 0 else { return "\(packets) packets  \(rate)" }
        let part = min(1, Double(progress.position) / Double(progress.size))
        let filled = Int(part * Double(width))
        let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: width - filled)
        let remaining = part > 0 ? seconds / part - seconds : 0
        return "[\(bar)] \(Int(part * 100))%  \(Quantity.bytes(progress.position)) of "
            + "\(Quantity.bytes(progress.size))  \(rate)  \(Quantity.clock(remaining)) left"
    }
}
