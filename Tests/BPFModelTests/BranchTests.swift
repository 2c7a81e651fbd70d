import BPFModel
import TestKit
import Testing

/// What comparisons decide.
@Suite struct BranchTests {
    /// Left, right, and the conditions that hold, on 64 and on 32 bits.
    static let table: [(UInt64, UInt64, Set<BranchCondition>, Set<BranchCondition>)] = [
        (0, 0, same, same),
        (
            5, 5, same.union([.bitsSet]), same.union([.bitsSet])
        ),
        (1, 2, smaller, smaller),
        (6, 2, larger.union([.bitsSet]), larger.union([.bitsSet])),
        // -1 is the largest number without a sign.
        (
            .max, 1, [.notEqual, .greater, .greaterOrEqual, .signedLess, .signedLessOrEqual, .bitsSet],
            [.notEqual, .greater, .greaterOrEqual, .signedLess, .signedLessOrEqual, .bitsSet]
        ),
        // The upper half counts on 64 bits only.
        (0x1_0000_0000, 0, larger, same),
        (
            0xffff_ffff_0000_0001, 1,
            [.notEqual, .greater, .greaterOrEqual, .signedLess, .signedLessOrEqual, .bitsSet],
            same.union([.bitsSet])
        ),
        // On 32 bits the sign is bit 31.
        (0x8000_0000, 1, larger, [.notEqual, .greater, .greaterOrEqual, .signedLess, .signedLessOrEqual]),
        (0x7fff_ffff, 0x8000_0000, smaller, [.notEqual, .less, .lessOrEqual, .signedGreater, .signedGreaterOrEqual]),
    ]

    static let same: Set<BranchCondition> = [
        .equal, .greaterOrEqual, .lessOrEqual, .signedGreaterOrEqual, .signedLessOrEqual,
    ]
    static let smaller: Set<BranchCondition> = [.notEqual, .less, .lessOrEqual, .signedLess, .signedLessOrEqual]
    static let larger: Set<BranchCondition> = [
        .notEqual, .greater, .greaterOrEqual, .signedGreater, .signedGreaterOrEqual,
    ]

    @Test func conditionsThatHold() {
        for (left, right, wide, narrow) in Self.table {
            for condition in BranchCondition.allCases {
                #expect(
                    condition.holds(left, right, width: .double) == wide.contains(condition),
                    "\(left) \(condition) \(right)")
                #expect(
                    condition.holds(left, right, width: .word) == narrow.contains(condition),
                    "\(left) \(condition) \(right), 32 bits")
            }
        }
    }

    @Test func opposites() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<1000 {
            let left = random.next() >> UInt64.random(in: 0..<64, using: &random)
            let right = random.oneIn(4) ? left : random.next() >> UInt64.random(in: 0..<64, using: &random)
            for condition in BranchCondition.allCases {
                for width in Width.allCases {
                    guard let negated = condition.negated else { continue }
                    #expect(
                        negated.holds(left, right, width: width) != condition.holds(left, right, width: width),
                        "\(left) \(condition) \(right)")
                    #expect(negated.negated == condition)
                }
            }
        }
        #expect(BranchCondition.allCases.filter { $0.negated == nil } == [.bitsSet])
    }
}

/// Byte order, sign extension and the numbers of atomics.
@Suite struct BitTests {
    static let value: UInt64 = 0x0123_4567_89ab_cdef

    @Test func byteOrder() {
        let swapped: [(SwapWidth, UInt64, UInt64)] = [
            (.bits16, 0xcdef, 0xefcd), (.bits32, 0x89ab_cdef, 0xefcd_ab89),
            (.bits64, 0x0123_4567_89ab_cdef, 0xefcd_ab89_6745_2301),
        ]
        let isLittle = UInt16(1).littleEndian == 1
        for (width, plain, reversed) in swapped {
            #expect(ByteSwap.swap.apply(Self.value, width: width) == reversed)
            #expect(ByteSwap.littleEndian.apply(Self.value, width: width) == (isLittle ? plain : reversed))
            #expect(ByteSwap.bigEndian.apply(Self.value, width: width) == (isLittle ? reversed : plain))
        }
    }

    @Test(arguments: [
        (SignExtendedWidth.bits8, UInt64(0x17f), UInt64(0x7f), UInt64(0x7f)),
        (.bits8, 0x80, 0xffff_ffff_ffff_ff80, 0xffff_ff80),
        (.bits16, 0x17fff, 0x7fff, 0x7fff),
        (.bits16, 0x8000, 0xffff_ffff_ffff_8000, 0xffff_8000),
        (.bits32, 0x8000_0000, 0xffff_ffff_8000_0000, 0x8000_0000),
        (.bits32, 0xff_7fff_ffff, 0x7fff_ffff, 0x7fff_ffff),
    ])
    func signExtension(width: SignExtendedWidth, value: UInt64, wide: UInt64, narrow: UInt64) {
        #expect(width.apply(value) == wide)
        #expect(width.apply(value, width: .double) == wide)
        #expect(width.apply(value, width: .word) == narrow)
    }

    @Test func atomicNumbers() {
        #expect(AtomicOperation.allCases.map(\.encoding) == [0, 0x40, 0x50, 0xa0, 1, 0x41, 0x51, 0xa1, 0xe1, 0xf1])
        for operation in AtomicOperation.allCases {
            #expect(AtomicOperation(encoding: operation.encoding) == operation)
        }
        for encoding: Int32 in [-1, 2, 0x10, 0xe0, 0xf0, 0x100, 0x110, 0x1e1] {
            #expect(AtomicOperation(encoding: encoding) == nil)
        }
    }

    /// Combinations that no opcode stands for.
    @Test func whatCannotBeEncoded() {
        let bad: [Instruction] = [
            .load(.double, signExtended: true, .r0, base: .r1, offset: 0), .loadPacket(at: 0, .double),
            .loadPacket(.double, .indirect(.r1, 0)), .moveSignExtended(.bits32, .word, .r0, .r1),
        ]
        for instruction in bad {
            #expect(!instruction.isEncodable, "\(instruction)")
            #expect(throws: DecodeError.self) { try InstructionSequence(decoding: instruction.slots) }
        }
        for (instruction, _) in EncodingTests.table { #expect(instruction.isEncodable, "\(instruction)") }
        for size in MemorySize.allCases {
            for signExtended in [false, true] {
                let load = Instruction.load(size, signExtended: signExtended, .r0, base: .r1, offset: 0)
                #expect(load.isEncodable == ((try? InstructionSequence(decoding: load.slots)) == [load]))
            }
        }
    }
}
