import Synchronization

/// Keeps what was taken out of a map until no run can use it any more: Linux's grace period.
///
/// Programs find maps and programs in maps, and count no references. So a run that may find some says when it begins
/// and ends (``RunMark``), and what is taken out stays until all runs have ended that had begun by then.
package enum GracePeriod {
    /// When a run began that is on; 0 while none is.
    fileprivate final class Beginning: Sendable {
        let time = Atomic<UInt64>(0)
    }

    private struct State {
        var beginnings: [ObjectIdentifier: Beginning] = [:]
        var kept: [(object: any Sendable & AnyObject, since: UInt64)] = []
    }

    private static let state = Mutex(State())
    /// Moves on whenever something is kept.
    fileprivate static let clock = Atomic<UInt64>(1)
    private static let keptCount = Atomic(0)

    fileprivate static func add(_ beginning: Beginning) {
        state.withLock { $0.beginnings[ObjectIdentifier(beginning)] = beginning }
    }

    fileprivate static func remove(_ beginning: Beginning) {
        state.withLock { $0.beginnings[ObjectIdentifier(beginning)] = nil }
        collect()
    }

    /// Keeps an object that programs can't find any more but may have found.
    static func keep(_ object: any Sendable & AnyObject) {
        let since = clock.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        state.withLock { state in
            state.kept.append((object, since))
            keptCount.store(state.kept.count, ordering: .relaxed)
        }
        collect()
    }

    /// Whether anything is kept.
    fileprivate static var keepsSomething: Bool { keptCount.load(ordering: .relaxed) > 0 }

    /// Lets go of what no run can use any more.
    fileprivate static func collect() {
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        // Outside the lock: what goes may take more with it.
        let gone = state.withLock { state in
            let times = state.beginnings.values.map { $0.time.load(ordering: .sequentiallyConsistent) }
            let oldest = times.filter { $0 != 0 }.min() ?? .max
            let gone = state.kept.filter { $0.since <= oldest }
            state.kept.removeAll { $0.since <= oldest }
            keptCount.store(state.kept.count, ordering: .relaxed)
            return gone
        }
        _ = gone
    }
}

/// Says when the runs of one thread begin and end that may find maps and programs in maps.
package final class RunMark {
    private let beginning = GracePeriod.Beginning()
    private var depth = 0

    /// Makes the mark of a thread; it is in no run.
    package init() { GracePeriod.add(beginning) }

    /// A run begins, maybe within another one.
    package func begin() {
        depth += 1
        guard depth == 1 else { return }
        beginning.time.store(GracePeriod.clock.load(ordering: .acquiring), ordering: .sequentiallyConsistent)
        // What is read of maps from here on was there after the time was.
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    /// The run ends that began last.
    package func end() {
        depth -= 1
        guard depth == 0 else { return }
        beginning.time.store(0, ordering: .sequentiallyConsistent)
        // Either this sees what is kept, or who keeps it sees that the run has ended.
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        if GracePeriod.keepsSomething { GracePeriod.collect() }
    }

    deinit { GracePeriod.remove(beginning) }
}
