/// Wall-clock time of a piece of work.
enum Stopwatch {
    private static let clock = ContinuousClock()

    /// How long the work takes, in microseconds, and its result.
    static func microseconds<Result>(_ work: () -> Result) -> (time: Double, result: Result) {
        let start = clock.now
        let result = work()
        let elapsed = (clock.now - start).components
        return (Double(elapsed.seconds) * 1e6 + Double(elapsed.attoseconds) * 1e-12, result)
    }
}
