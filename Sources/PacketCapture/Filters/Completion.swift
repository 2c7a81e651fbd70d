import Glibc

/// An event that happens once: one thread signals it, another waits for it with a time limit.
///
/// Invariant: the mutex and the condition live as long as the object and never move. The class may cross threads unchecked
/// because `isComplete` is touched only with the mutex held.
@safe final class Completion: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isComplete = false
    /// In seconds; no wait is longer, which keeps sums of times in range.
    private static let century: Int64 = 3_155_760_000

    init() {
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    func signal() {
        unsafe pthread_mutex_lock(mutex)
        isComplete = true
        unsafe pthread_cond_broadcast(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Waits for the event; false where `limit` passes before it.
    func wait(for limit: Duration?) -> Bool {
        // Waiting for ever is waiting for a century.
        var deadline = Self.instant(after: limit ?? .seconds(Self.century))
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while !isComplete {
            if unsafe pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return isComplete }
        }
        return true
    }

    private static func instant(after limit: Duration) -> timespec {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        let (seconds, attoseconds) = max(limit, .zero).components
        let whole = min(seconds, century)
        let nanoseconds = Int64(now.tv_nsec) + attoseconds / 1_000_000_000
        return timespec(
            tv_sec: now.tv_sec + Int(whole + nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
