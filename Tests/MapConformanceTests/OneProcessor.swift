import Glibc

/// Runs what depends on the processor it runs on: the kernel's LRU maps drop entries of the processor that updates.
enum OneProcessor {
    private typealias SetAffinity = @convention(c) (Int32, Int, UnsafeRawPointer) -> Int32

    /// Runs `body` with the thread bound to the first processor, and then to all it may use.
    static func run<Result>(_ body: () -> Result) -> Result {
        bind(to: [1])
        defer { bind(to: [UInt64](repeating: .max, count: 16)) }
        return body()
    }

    private static func bind(to mask: [UInt64]) {
        guard let symbol = unsafe dlsym(nil, "sched_setaffinity") else { return }
        let call = unsafe unsafeBitCast(symbol, to: SetAffinity.self)
        unsafe mask.withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress else { return }
            _ = unsafe call(0, bytes.count, address)
        }
    }
}
