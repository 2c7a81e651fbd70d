import Glibc

/// How to wait for another thread that holds a lock for a moment: some spinning, then its turn on the processor.
struct Backoff {
    private var attempts = 0

    mutating func pause() {
        attempts &+= 1
        if attempts & 31 == 0 { sched_yield() }
    }
}
