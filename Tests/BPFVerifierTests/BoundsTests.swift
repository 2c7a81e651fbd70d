import BPFModel
import BPFVerifier
import TestKit
import Testing

/// Bounds of eight bits, checked against every number.
@Suite struct BoundsTests {
    typealias Byte = Bounds<UInt8>

    /// Ranges with borders where overflow and signs change.
    static let ranges: [Byte] = {
        let borders: [UInt8] = [0, 1, 7, 126, 128, 200, 255]
        let unsigned = borders.flatMap { low in borders.filter { $0 >= low }.map { Byte(unsigned: low, $0) } }
        let signed = borders.map { Int8(bitPattern: $0) }.sorted()
        return unsigned + signed.flatMap { low in signed.filter { $0 >= low }.map { Byte(signed: low, $0) } }
    }()

    /// The ranges, each with its numbers near the borders, where mistakes are.
    static let cases: [(range: Byte, samples: [UInt8])] = ranges.map { range in
        let members = range.members
        return (range, members.count <= 6 ? members : Array(members.prefix(2) + members.suffix(2)))
    }

    static let operations:
        [(name: String, abstract: @Sendable (Byte, Byte) -> Byte, concrete: @Sendable (UInt8, UInt8) -> UInt8)] = [
            ("add", { $0.adding($1) }, { $0 &+ $1 }),
            ("subtract", { $0.subtracting($1) }, { $0 &- $1 }),
            ("multiply", { $0.multiplied(by: $1) }, { $0 &* $1 }),
        ]

    @Test(arguments: operations.indices) func coversEveryResult(operation: Int) {
        let (name, abstract, concrete) = Self.operations[operation]
        for (left, leftSamples) in Self.cases {
            for (right, rightSamples) in Self.cases {
                let result = abstract(left, right)
                let wrong = leftSamples.contains { a in
                    rightSamples.contains { !result.contains(concrete(a, $0)) }
                }
                if wrong { Issue.record("\(name) of \(left) and \(right) gives \(result)") }
            }
        }
    }

    @Test func shiftsCoverEveryResult() {
        for (range, samples) in Self.cases {
            for count: UInt8 in 0..<8 {
                let results = (
                    range.shiftedLeft(by: count), range.shiftedRight(by: count),
                    range.arithmeticallyShiftedRight(by: count)
                )
                let covered = samples.allSatisfy { member in
                    results.0.contains(member << count) && results.1.contains(member >> count)
                        && results.2.contains(UInt8(bitPattern: Int8(bitPattern: member) >> Int8(count)))
                }
                if !covered { Issue.record("\(range) shifted by \(count)") }
            }
        }
    }

    /// Deducing one reading from the other loses no number.
    @Test func deductionLosesNothing() {
        for first in Self.ranges {
            for second in Self.ranges {
                var both = first
                both.clamp(second)
                let before = both
                both.deduce()
                let lost = (0...255).contains { before.contains(UInt8($0)) && !both.contains(UInt8($0)) }
                if lost { Issue.record("deducing \(before) gives \(both)") }
            }
        }
    }

    @Test(arguments: BranchCondition.allCases) func comparisonsKeepWhatCanHold(condition: BranchCondition) {
        func holds(_ a: UInt8, _ b: UInt8) -> Bool {
            condition.holds(
                UInt64(bitPattern: condition.isSigned ? Int64(Int8(bitPattern: a)) : Int64(a)),
                UInt64(bitPattern: condition.isSigned ? Int64(Int8(bitPattern: b)) : Int64(b)), width: .double)
        }
        for (left, leftSamples) in Self.cases {
            for (right, rightSamples) in Self.cases {
                var (leftKept, rightKept) = (left, right)
                Byte.assume(condition, &leftKept, &rightKept)
                let decided = left.decides(condition, right)
                for a in leftSamples {
                    for b in rightSamples {
                        let outcome = holds(a, b)
                        if let decided, decided != outcome {
                            Issue.record("\(condition) \(left) \(right) is decided \(decided), not for \(a) \(b)")
                        }
                        if outcome, !leftKept.contains(a) || !rightKept.contains(b) {
                            Issue.record("\(condition) \(left) \(right) loses \(a) \(b)")
                        }
                    }
                }
            }
        }
    }
}

extension BranchCondition {
    var isSigned: Bool {
        switch self {
        case .signedGreater, .signedGreaterOrEqual, .signedLess, .signedLessOrEqual: true
        case .equal, .greater, .greaterOrEqual, .bitsSet, .notEqual, .less, .lessOrEqual: false
        }
    }
}

extension Bounds<UInt8> {
    /// Every number within the bounds.
    var members: [UInt8] { (0...255).map { UInt8($0) }.filter(contains) }
}
