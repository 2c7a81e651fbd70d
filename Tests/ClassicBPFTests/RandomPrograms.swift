import ClassicBPF
import TestKit

extension SeededRandom {
    /// An operation that may stand at `index` of a program of `count` instructions, by Linux's rules for single instructions.
    mutating func operation(at index: Int, of count: Int) -> ClassicOperation {
        let ahead = count - index - 2
        switch Int.random(in: 0..<22, using: &self) {
        case 0...3: return .loadAbsolute(pick(ClassicOperation.Size.allCases), offset: offset())
        case 4, 5: return .loadIndexed(pick(ClassicOperation.Size.allCases), offset: offset())
        case 6: return .loadHeaderLength(offset: offset())
        case 7: return .loadLength(pick([.a, .x]))
        case 8: return .loadConstant(pick([.a, .x]), value())
        case 9: return .loadMemory(pick([.a, .x]), cell: UInt32.random(in: 0...3, using: &self))
        case 10, 11: return .store(pick([.a, .x]), cell: UInt32.random(in: 0...3, using: &self))
        case 12, 13, 14:
            let arithmetic = pick(ClassicOperation.Arithmetic.allCases)
            if oneIn(2) { return .arithmetic(arithmetic, .x) }
            let isShift = arithmetic == .lsh || arithmetic == .rsh
            return .arithmetic(
                arithmetic, .constant(isShift ? UInt32.random(in: 0...31, using: &self) : max(1, value())))
        case 15: return .negate
        case 16 where ahead >= 0: return .jump(UInt32.random(in: 0...UInt32(min(ahead, 4)), using: &self))
        case 17...19 where ahead >= 0:
            let reach = UInt8(min(ahead, 6))
            return .branch(
                pick(ClassicOperation.Condition.allCases), oneIn(3) ? .x : .constant(value()),
                ifTrue: UInt8.random(in: 0...reach, using: &self), ifFalse: UInt8.random(in: 0...reach, using: &self))
        case 20: return .copyToX
        default: return .copyToA
        }
    }

    /// A program that may still read a cell before it is written.
    mutating func classicProgram(longest: Int = 24) -> ClassicProgram {
        let count = Int.random(in: 1...longest, using: &self)
        var operations = (0..<(count - 1)).map { operation(at: $0, of: count) }
        operations.append(oneIn(4) ? .returnConstant(value()) : .returnAccumulator)
        return ClassicProgram(operations)
    }

    /// A program that passes Linux's checker.
    mutating func checkedClassicProgram(longest: Int = 24) -> ClassicProgram {
        while true {
            let program = classicProgram(longest: longest)
            if (try? program.check(.linux)) != nil { return program }
        }
    }

    /// Constants of every kind: small, with the sign bit set, any.
    mutating func value() -> UInt32 {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: UInt32.random(in: 0...64, using: &self)
        case 1: pick([0, 1, 31, 32, 33, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_fffe, 0xffff_ffff])
        default: UInt32.random(in: .min ... .max, using: &self)
        }
    }

    /// Offsets: mostly within a packet, some at its end, some ancillary, some far away.
    mutating func offset() -> UInt32 {
        switch Int.random(in: 0..<10, using: &self) {
        case 0: pick(AncillaryField.allCases).offset
        case 1: pick([HeaderOffset.network, HeaderOffset.link]) &+ UInt32.random(in: 0...64, using: &self)
        case 2: min(value(), AncillaryField.base - 1)
        default: UInt32.random(in: 0...66, using: &self)
        }
    }
}
