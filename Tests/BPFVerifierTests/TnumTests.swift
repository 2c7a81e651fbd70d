import BPFModel
import BPFVerifier
import TestKit
import Testing

/// Every abstract operation covers the concrete one: exhaustively for three bits, at random for 64.
@Suite struct TnumTests {
    /// All numbers of known and unknown bits among the lowest three.
    static let small: [Tnum] = (0..<8).flatMap { mask in
        (0..<8).compactMap { value in value & mask == 0 ? Tnum(value: UInt64(value), mask: UInt64(mask)) : nil }
    }

    static let operations:
        [(name: String, abstract: @Sendable (Tnum, Tnum) -> Tnum, concrete: @Sendable (UInt64, UInt64) -> UInt64)] = [
            ("add", { $0.adding($1) }, { $0 &+ $1 }),
            ("subtract", { $0.subtracting($1) }, { $0 &- $1 }),
            ("multiply", { $0.multiplied(by: $1) }, { $0 &* $1 }),
            ("and", { $0.and($1) }, { $0 & $1 }),
            ("or", { $0.or($1) }, { $0 | $1 }),
            ("xor", { $0.xor($1) }, { $0 ^ $1 }),
        ]

    @Test(arguments: operations.indices) func coversEveryResult(operation: Int) {
        let (name, abstract, concrete) = Self.operations[operation]
        for left in Self.small {
            for right in Self.small {
                let result = abstract(left, right)
                if result.value & result.mask != 0 { Issue.record("\(name) \(left) \(right)") }
                for a in left.members {
                    for b in right.members where !result.contains(concrete(a, b)) {
                        Issue.record("\(name): \(a) of \(left), \(b) of \(right) is outside \(result)")
                    }
                }
            }
        }
    }

    @Test func coversRandomResults() {
        let seed: UInt64 = 0x7171
        var random = SeededRandom(seed: seed)
        for round in 0..<4_000 {
            let (left, right) = (Tnum.random(&random), Tnum.random(&random))
            let (a, b) = (left.member(&random), right.member(&random))
            for (name, abstract, concrete) in Self.operations where !abstract(left, right).contains(concrete(a, b)) {
                Issue.record("seed \(seed), round \(round): \(name) of \(a), \(b) is outside the result")
            }
        }
    }

    @Test func shiftsMoveEveryBit() {
        for number in Self.small {
            for member in number.members {
                for count: UInt64 in [0, 1, 32, 61, 63] {
                    let high = number.shiftedLeft(by: 61)
                    let signed = UInt64(bitPattern: Int64(bitPattern: member << 61) >> Int64(count))
                    let covered =
                        number.shiftedLeft(by: count).contains(member << count)
                        && high.shiftedRight(by: count).contains((member << 61) >> count)
                        && high.arithmeticallyShiftedRight(by: count).contains(signed)
                    if !covered { Issue.record("\(member) of \(number), shifted by \(count)") }
                }
            }
        }
    }

    @Test func rangesCoverAllBetween() {
        for low in UInt64(0)..<16 {
            for high in low..<16 {
                let range = Tnum(from: low, through: high)
                #expect((low...high).allSatisfy(range.contains))
            }
        }
        #expect(Tnum(from: 0, through: .max) == .unknown)
    }

    @Test func intersectionsKeepWhatBothAllow() {
        for left in Self.small {
            for right in Self.small {
                let common = Set(left.members).intersection(right.members)
                guard let both = left.intersection(right) else {
                    #expect(common.isEmpty)
                    continue
                }
                #expect(common.allSatisfy(both.contains))
            }
        }
    }

    @Test func containmentIsThatOfMembers() {
        for left in Self.small {
            for right in Self.small {
                #expect(left.contains(right) == Set(right.members).isSubset(of: left.members))
            }
        }
    }
}

extension Tnum {
    /// Every number of three bits that this can be.
    fileprivate var members: [UInt64] { (0..<8).filter(contains) }

    static func random(_ random: inout SeededRandom) -> Tnum {
        // Few unknown bits in some rounds, few known ones in others.
        var mask = random.next()
        if random.oneIn(2) { mask &= random.next() & random.next() }
        if random.oneIn(4) { mask |= random.next() }
        if random.oneIn(4) { mask &= 0xffff_ffff }
        return Tnum(value: random.next() & ~mask, mask: mask)
    }

    func member(_ random: inout SeededRandom) -> UInt64 { value | random.next() & mask }
}
