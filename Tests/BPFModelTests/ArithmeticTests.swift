import BPFModel
import TestKit
import Testing

/// What arithmetic computes: a table of what is easily got wrong, and a second definition on wider numbers.
@Suite struct ArithmeticTests {
    struct Case: Sendable {
        let operation: ALUOperation
        let width: Width
        let left: UInt64
        let right: UInt64
        let result: UInt64

        init(
            _ operation: ALUOperation, _ width: Width, _ left: UInt64, _ right: UInt64, _ result: UInt64
        ) {
            self.operation = operation
            self.width = width
            self.left = left
            self.right = right
            self.result = result
        }
    }

    static let minus1 = UInt64.max
    static let min64: UInt64 = 1 << 63
    static let min32: UInt64 = 1 << 31
    static let high: UInt64 = 0xdead_beef_0000_0000

    static let table: [Case] = [
        // Division by zero gives 0; modulo by zero leaves the destination, of which a 32-bit one keeps the low half.
        Case(.div, .double, 7, 0, 0), Case(.div, .word, 7, high, 0), Case(.sdiv, .double, minus1, 0, 0),
        Case(.sdiv, .word, minus1, high, 0),
        Case(.mod, .double, high | 7, 0, high | 7), Case(.mod, .word, high | 7, high, 7),
        Case(.smod, .double, minus1, 0, minus1), Case(.smod, .word, minus1, high, 0xffff_ffff),
        // The one signed overflow.
        Case(.sdiv, .double, min64, minus1, min64), Case(.smod, .double, min64, minus1, 0),
        Case(.sdiv, .word, min32, 0xffff_ffff, min32), Case(.smod, .word, min32, 0xffff_ffff, 0),
        Case(.sdiv, .double, min64, 1, min64), Case(.sdiv, .double, min64, min64, 1),
        // Unsigned division takes a sign-extended immediate as a large number.
        Case(.div, .double, 100, minus1, 0), Case(.mod, .double, 100, minus1, 100),
        Case(.div, .double, minus1, UInt64(bitPattern: -10), 1),
        Case(.mod, .double, minus1, UInt64(bitPattern: -10), 9),
        // Signed division truncates, and the remainder has the sign of the dividend.
        Case(.sdiv, .double, UInt64(bitPattern: -13), 3, UInt64(bitPattern: -4)),
        Case(.smod, .double, UInt64(bitPattern: -13), 3, minus1),
        Case(.smod, .double, 13, UInt64(bitPattern: -3), 1), Case(.sdiv, .word, 0xffff_fff3, 3, 0xffff_fffc),
        Case(.smod, .word, 0xffff_fff3, 3, 0xffff_ffff),
        // Shift counts are masked.
        Case(.lsh, .double, 1, 64, 1), Case(.lsh, .double, 1, 63, min64), Case(.lsh, .word, 1, 32, 1),
        Case(.lsh, .word, 1, 31, min32), Case(.lsh, .word, 1, 63, min32), Case(.lsh, .word, min32, 1, 0),
        Case(.rsh, .double, min64, 127, 1), Case(.rsh, .word, min32, 63, 1), Case(.rsh, .word, high, 1, 0),
        Case(.rsh, .double, minus1, minus1, 1), Case(.arsh, .double, min64, 63, minus1),
        Case(.arsh, .double, min64, 64, min64), Case(.arsh, .word, min32, 31, 0xffff_ffff),
        Case(.arsh, .word, 0x7fff_ffff, 32, 0x7fff_ffff), Case(.arsh, .word, high | 0x10, 4, 1),
        // Every 32-bit result clears the upper half; everything wraps.
        Case(.mov, .word, 1, minus1, 0xffff_ffff), Case(.mov, .double, 1, minus1, minus1),
        Case(.add, .word, high | 0xffff_ffff, 1, 0), Case(.add, .double, minus1, 1, 0),
        Case(.sub, .word, 0, 1, 0xffff_ffff), Case(.sub, .double, 0, 1, minus1),
        Case(.mul, .word, 0x10000, 0x10000, 0), Case(.mul, .double, 1 << 32, 1 << 32, 0),
        Case(.mul, .word, 0xffff_ffff, 0xffff_ffff, 1), Case(.or, .word, high, 5, 5),
        Case(.and, .word, minus1, high, 0),
        Case(.and, .double, minus1, high, high), Case(.xor, .word, minus1, 0, 0xffff_ffff),
        Case(.xor, .double, minus1, minus1, 0),
    ]

    @Test func whatIsEasilyGotWrong() {
        for `case` in Self.table {
            let result = `case`.operation.apply(`case`.left, `case`.right, width: `case`.width)
            #expect(result == `case`.result, "\(`case`)")
        }
        #expect(Set(Self.table.map(\.operation)) == Set(ALUOperation.allCases))
    }

    /// The definition once more, on numbers that are too wide to overflow.
    private func expected(_ operation: ALUOperation, _ left: UInt64, _ right: UInt64, _ width: Width) -> UInt64 {
        let bits = Int128(width.rawValue)
        let modulus: Int128 = 1 << bits
        let (a, b) = (Int128(left) % modulus, Int128(right) % modulus)
        func signed(_ number: Int128) -> Int128 { number >= modulus / 2 ? number - modulus : number }
        let (sa, sb) = (signed(a), signed(b))
        let count = b % bits
        let result: Int128 =
            switch operation {
            case .add: a + b
            case .sub: a - b
            case .mul: Int128(truncatingIfNeeded: UInt128(a) &* UInt128(b)) & (modulus - 1)
            case .div: b == 0 ? 0 : a / b
            case .sdiv: sb == 0 ? 0 : sa / sb
            case .mod: b == 0 ? a : a % b
            case .smod: sb == 0 ? sa : sa % sb
            case .or: a | b
            case .and: a & b
            case .xor: a ^ b
            case .mov: b
            case .lsh: Int128(truncatingIfNeeded: UInt128(a) << UInt128(count)) & (modulus - 1)
            case .rsh: a >> count
            case .arsh: sa >> count
            }
        return UInt64((result % modulus + modulus) % modulus)
    }

    private static let corners: [UInt64] = [
        0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 65, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0xffff_ffff_8000_0000, minus1 - 1, minus1,
    ]

    @Test(arguments: ALUOperation.allCases) func corners(operation: ALUOperation) {
        for width in Width.allCases {
            for left in Self.corners {
                for right in Self.corners {
                    let result = operation.apply(left, right, width: width)
                    let expected = expected(operation, left, right, width)
                    if result != expected { Issue.record("\(left) \(operation) \(right), \(width): \(result)") }
                }
            }
        }
    }

    @Test(arguments: ALUOperation.allCases) func randomNumbers(operation: ALUOperation) {
        let seed = UInt64(operation.rawValue)
        var random = SeededRandom(seed: seed)
        for _ in 0..<2000 {
            let left = random.next() >> UInt64.random(in: 0..<64, using: &random)
            let right = random.next() >> UInt64.random(in: 0..<64, using: &random)
            for width in Width.allCases {
                let result = operation.apply(left, right, width: width)
                if result != expected(operation, left, right, width) {
                    Issue.record("seed \(seed): \(left) \(operation) \(right), \(width): \(result)")
                }
            }
        }
    }
}
