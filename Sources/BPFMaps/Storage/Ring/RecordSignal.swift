import Synchronization

/// Those who wait for records, and how they are woken.
///
/// Producers call ``wake()`` only where somebody waits, so records that are read in time cost nothing here.
final class RecordSignal: Sendable {
    private struct State {
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var nextID = 0
        /// Waiters that were cancelled before they began to wait.
        var cancelled: Set<Int> = []
        var isFinished = false
    }

    private let state = Mutex(State())

    /// Whether no more records come.
    var isFinished: Bool { state.withLock(\.isFinished) }

    /// Lets everybody look again.
    func wake() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Ends all waiting, for ever.
    func finish() {
        state.withLock { $0.isFinished = true }
        wake()
    }

    /// Waits for ``wake()``, or for the task to be cancelled.
    ///
    /// - Parameter arm: tells the producers that somebody waits, and calls ``wake()`` where there is something to
    ///   read already.
    func wait(arming arm: () -> Void) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard !state.isFinished, state.cancelled.remove(id) == nil else { return false }
                    state.waiters.append((id, continuation))
                    return true
                }
                if waits { arm() } else { continuation.resume() }
            }
        } onCancel: {
            cancel(id)
        }
        _ = state.withLock { $0.cancelled.remove(id) }
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.waiters.remove(at: index).continuation
        }
        waiter?.resume()
    }
}
