import Synchronization

/// Whether a proof came to reads of stack bytes that nothing was written to.
final class UnwrittenReads: Sendable {
    private let flag = Atomic(false)

    var wereSeen: Bool { flag.load(ordering: .relaxed) }

    func note() { flag.store(true, ordering: .relaxed) }
}
