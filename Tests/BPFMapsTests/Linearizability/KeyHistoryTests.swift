import BPFModel
import Testing

/// The checker accepts what a map can answer and refuses what it can't.
@Suite struct KeyHistoryTests {
    private static func call(_ action: KeyCall.Action, _ outcome: KeyCall.Outcome, _ began: UInt64, _ ended: UInt64)
        -> KeyCall
    { KeyCall(action: action, outcome: outcome, began: began, ended: ended) }

    @Test func overlappingCallsMayBeEitherWayRound() {
        let calls = [
            Self.call(.update(1, .any), .done, 0, 10), Self.call(.update(2, .any), .done, 1, 9),
            Self.call(.lookup, .value(1), 11, 12),
        ]
        #expect(KeyHistory(calls).isLinearizable(from: 0))
        #expect(!KeyHistory(calls + [Self.call(.lookup, .value(2), 13, 14)]).isLinearizable(from: 0))
    }

    @Test func anOldValueAfterANewOneIsRefused() {
        let update = Self.call(.update(2, .any), .done, 0, 10)
        let old = Self.call(.lookup, .value(1), 4, 5)
        #expect(KeyHistory([update, Self.call(.lookup, .value(2), 6, 7), old]).isLinearizable(from: 1))
        #expect(!KeyHistory([update, Self.call(.lookup, .value(2), 2, 3), old]).isLinearizable(from: 1))
    }

    @Test func anEntryThatStaysIsNeverMissing() {
        let replaced = Self.call(.update(2, .exist), .done, 0, 10)
        #expect(!KeyHistory([replaced, Self.call(.lookup, .failed(.noEntry), 3, 4)]).isLinearizable(from: 1))
        #expect(KeyHistory([replaced, Self.call(.delete, .done, 3, 4)]).isLinearizable(from: 1) == true)
        #expect(
            !KeyHistory([replaced, Self.call(.delete, .done, 11, 12)] + [Self.call(.take, .value(2), 13, 14)])
                .isLinearizable(from: 1))
    }
}
