import Glibc

/// Processor time of a piece of work: on a busy machine the clock on the wall measures the others as well.
enum Stopwatch {
    /// How long this process, and the kernel on its behalf, were at the work, in microseconds; and its result.
    static func microseconds<Result>(_ work: () -> Result) -> (time: Double, result: Result) {
        let start = clock()
        let result = work()
        return (Double(clock() - start) * 1e6 / Double(CLOCKS_PER_SEC), result)
    }
}
