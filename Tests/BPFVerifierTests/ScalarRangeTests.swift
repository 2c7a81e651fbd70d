import BPFModel
import BPFVerifier
import TestKit
import Testing

/// Random ranges with a number inside: whatever is computed of both, the number stays inside the range.
@Suite struct ScalarRangeTests {
    static let rounds = 2_000

    @Test(arguments: ALUOperation.allCases, [Width.word, .double])
    func arithmeticCoversTheNumber(operation: ALUOperation, width: Width) {
        let seed = UInt64(operation.rawValue) << 8 | UInt64(width.rawValue)
        var random = SeededRandom(seed: seed)
        for round in 0..<Self.rounds {
            let (left, a) = ScalarRange.random(&random)
            var (right, b) = ScalarRange.random(&random)
            if [.lsh, .rsh, .arsh].contains(operation), !random.oneIn(8) {
                b = UInt64.random(in: 0..<UInt64(width.rawValue), using: &random)
                right = ScalarRange(b)
            }
            let result = left.applying(operation, right, width)
            let number = operation.apply(a, b, width: width)
            if !result.contains(number) {
                Issue.record("seed \(seed), round \(round): \(operation) \(a) of \(left), \(b) of \(right): \(result)")
                return
            }
        }
    }

    @Test(arguments: BranchCondition.allCases, [Width.word, .double])
    func comparisonsKeepTheNumber(condition: BranchCondition, width: Width) {
        let seed = UInt64(condition.rawValue) << 8 | UInt64(width.rawValue)
        var random = SeededRandom(seed: seed)
        for round in 0..<Self.rounds {
            var (left, a) = ScalarRange.random(&random)
            var (right, b) = ScalarRange.random(&random)
            if random.oneIn(3) {
                b = a
                right = ScalarRange(b)
            }
            let outcome = condition.holds(a, b, width: width)
            let decided = left.decides(condition, right, width)
            ScalarRange.assume(condition, is: outcome, &left, &right, width)
            if decided == !outcome || left.isEmpty || right.isEmpty || !left.contains(a) || !right.contains(b) {
                Issue.record("seed \(seed), round \(round): \(condition) \(a) \(b) is \(outcome): \(left), \(right)")
                return
            }
        }
    }

    @Test func conversionsCoverTheNumber() {
        let seed: UInt64 = 77
        var random = SeededRandom(seed: seed)
        for round in 0..<Self.rounds {
            let (range, number) = ScalarRange.random(&random)
            var covered = range.negated(.double).contains(0 &- number)
            covered = covered && range.negated(.word).contains((0 &- number) & 0xffff_ffff)
            for bits in [8, 16, 32] {
                covered = covered && range.truncated(to: bits).contains(number & UInt64.max >> UInt64(64 - bits))
            }
            for width in SignExtendedWidth.allCases {
                covered = covered && range.signExtended(from: width).contains(width.apply(number))
            }
            for swap in ByteSwap.allCases {
                for width in SwapWidth.allCases {
                    covered = covered && range.applying(swap, width).contains(swap.apply(number, width: width))
                }
            }
            if !covered { Issue.record("seed \(seed), round \(round): \(number) of \(range)") }
        }
    }

    /// Refinement is settled: doing it again changes nothing that a later comparison could miss.
    @Test func containmentIsReflexive() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<Self.rounds {
            let (range, _) = ScalarRange.random(&random)
            if !range.contains(range) || !ScalarRange.unknown.contains(range) { Issue.record("\(range)") }
        }
    }
}

extension ScalarRange {
    /// A range of some shape, and a number within it.
    static func random(_ random: inout SeededRandom) -> (ScalarRange, UInt64) {
        let bits = Tnum.random(&random)
        var number = bits.member(&random)
        if random.oneIn(3) { number = UInt64(truncatingIfNeeded: Int64.random(in: -300...300, using: &random)) }
        if random.oneIn(5) { number &= 0xffff_ffff }
        var range = ScalarRange.unknown
        if bits.contains(number), random.oneIn(2) { range.bits = bits }
        let spread = random.next() >> UInt64.random(in: 0..<64, using: &random)
        if random.oneIn(2) {
            range.wide.clamp(
                unsigned: number.subtractingReportingOverflow(spread).overflow ? 0 : number - spread,
                number.addingReportingOverflow(spread).overflow ? .max : number + spread)
        }
        let signed = Int64(bitPattern: number)
        let distance = Int64(bitPattern: spread >> 1)
        if random.oneIn(2) {
            range.wide.clamp(
                signed: signed.subtractingReportingOverflow(distance).overflow ? .min : signed - distance,
                signed.addingReportingOverflow(distance).overflow ? .max : signed + distance)
        }
        if random.oneIn(3) {
            let low = UInt32(truncatingIfNeeded: number)
            let step = UInt32(truncatingIfNeeded: spread) >> 3
            range.narrow.clamp(
                unsigned: low.subtractingReportingOverflow(step).overflow ? 0 : low - step,
                low.addingReportingOverflow(step).overflow ? .max : low + step)
        }
        if random.oneIn(6) { range = ScalarRange(number) }
        range.refine()
        return (range, number)
    }
}
