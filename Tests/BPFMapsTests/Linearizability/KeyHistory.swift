import BPFModel

/// One call on a key, when it began and ended, and what came of it.
///
/// Values are numbers; 0 stands for no entry.
struct KeyCall: Sendable {
    enum Action: Sendable {
        case lookup
        case update(UInt64, UpdateMode)
        case delete
        case take
    }

    enum Outcome: Hashable, Sendable {
        case done
        case value(UInt64)
        case failed(Errno)
    }

    let action: Action
    let outcome: Outcome
    let began: UInt64
    let ended: UInt64

    /// The value after the call where a map with this value before answers so; nil where it can't.
    func value(after value: UInt64) -> UInt64? {
        let (answer, next) = Self.model(action, value)
        return answer == outcome ? next : nil
    }

    /// What a sequential map answers, and its value then.
    private static func model(_ action: Action, _ value: UInt64) -> (Outcome, UInt64) {
        switch action {
        case .lookup: (value == 0 ? .failed(.noEntry) : .value(value), value)
        case .delete: (value == 0 ? .failed(.noEntry) : .done, 0)
        case .take: (value == 0 ? .failed(.noEntry) : .value(value), 0)
        case .update(let new, .any): (.done, new)
        case .update(let new, .noExist): value == 0 ? (.done, new) : (.failed(.exists), value)
        case .update(let new, .exist): value == 0 ? (.failed(.noEntry), value) : (.done, new)
        }
    }
}

/// The calls on one key, from several threads.
struct KeyHistory {
    private let calls: [KeyCall]

    init(_ calls: [KeyCall]) { self.calls = calls.sorted { $0.began < $1.began } }

    /// What was tried: which calls are placed, and the value then.
    private struct Attempt: Hashable {
        let placed: [UInt64]
        let value: UInt64
    }

    /// Whether the calls can be put in one order, each between its beginning and its end, in which a map that does
    /// one at a time answers the same; `initial` is the value before.
    func isLinearizable(from initial: UInt64) -> Bool {
        var tried: Set<Attempt> = []
        var placed = [UInt64](repeating: 0, count: calls.count / 64 + 1)
        var path: [(index: Int, value: UInt64)] = []
        var value = initial
        var next = 0
        while path.count < calls.count {
            if let index = candidate(from: next, placed), let after = calls[index].value(after: value) {
                placed[index / 64] |= 1 << UInt64(index % 64)
                if tried.insert(Attempt(placed: placed, value: after)).inserted {
                    path.append((index, value))
                    value = after
                    next = 0
                    continue
                }
                placed[index / 64] &= ~(1 << UInt64(index % 64))
                next = index + 1
            } else if let index = candidate(from: next, placed) {
                next = index + 1
            } else {
                guard let last = path.popLast() else { return false }
                placed[last.index / 64] &= ~(1 << UInt64(last.index % 64))
                value = last.value
                next = last.index + 1
            }
        }
        return true
    }

    /// The first call from an index on that isn't placed and began before all others that aren't had ended.
    private func candidate(from start: Int, _ placed: [UInt64]) -> Int? {
        var firstEnd = UInt64.max
        for index in calls.indices where placed[index / 64] & 1 << UInt64(index % 64) == 0 {
            if calls[index].began > firstEnd { return nil }
            if index >= start { return index }
            firstEnd = min(firstEnd, calls[index].ended)
        }
        return nil
    }
}
