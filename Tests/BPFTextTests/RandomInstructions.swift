import BPFModel
import TestKit

/// Instructions made at random: any that can be encoded.
extension SeededRandom {
    mutating func register() -> Register { pick(Register.allCases) }

    mutating func immediate() -> Int32 {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: pick([0, 1, -1, .min, .max, 255, 65536])
        case 1: Int32.random(in: -16...16, using: &self)
        default: Int32.random(in: .min ... .max, using: &self)
        }
    }

    mutating func offset() -> Int16 {
        oneIn(2) ? Int16.random(in: -8...8, using: &self) : Int16.random(in: .min ... .max, using: &self)
    }

    mutating func operand() -> Operand { oneIn(2) ? .register(register()) : .immediate(immediate()) }

    mutating func wideImmediate() -> WideImmediate {
        let number = immediate()
        let other = immediate()
        switch Int.random(in: 0..<7, using: &self) {
        case 0: return .value(next())
        case 1: return .map(number)
        case 2: return .mapValue(number, offset: other)
        case 3: return .variable(number, module: other)
        case 4: return .function(number)
        case 5: return .mapIndex(number)
        default: return .mapIndexValue(number, offset: other)
        }
    }

    /// An instruction of the row's form.
    mutating func instruction(_ form: InstructionSpec.Form) -> Instruction {
        func operand(_ kind: InstructionSpec.OperandKind, _ random: inout SeededRandom) -> Operand {
            kind == .register ? .register(random.register()) : .immediate(random.immediate())
        }
        switch form {
        case .alu(let operation, let width, let kind):
            if operation == .mov, kind == .register, oneIn(2) {
                let widths: [SignExtendedWidth] = width == .double ? SignExtendedWidth.allCases : [.bits8, .bits16]
                return .moveSignExtended(pick(widths), width, register(), register())
            }
            let signed: ALUOperation =
                switch operation {
                case .div: .sdiv
                case .mod: .smod
                default: operation
                }
            return .alu(oneIn(2) ? signed : operation, width, register(), operand(kind, &self))
        case .negate(let width): return .negate(width, register())
        case .byteSwap(let swap): return .byteSwap(swap, pick(SwapWidth.allCases), register())
        case .load(let size, let signExtended):
            return .load(size, signExtended: signExtended, register(), base: register(), offset: offset())
        case .store(let size, let kind):
            return .store(size, base: register(), offset: offset(), operand(kind, &self))
        case .atomic(let size):
            let operations = AtomicOperation.allCases.count
            let choice = Int.random(in: 0..<(size.bytes >= 4 ? operations + 2 : 2), using: &self)
            switch choice {
            case 0: return .loadAcquire(size, register(), base: register(), offset: offset())
            case 1: return .storeRelease(size, base: register(), offset: offset(), source: register())
            default:
                return .atomic(
                    AtomicOperation.allCases[choice - 2], size == .double ? .double : .word, base: register(),
                    offset: offset(), source: register())
            }
        case .loadWide: return .loadWide(register(), wideImmediate())
        case .loadPacket(let size, let indirect):
            return .loadPacket(size, indirect ? .indirect(register(), immediate()) : .absolute(immediate()))
        case .jump: return .jump(offset())
        case .longJump: return .longJump(immediate())
        case .branch(let condition, let width, let kind):
            return .branch(condition, width, register(), operand(kind, &self), offset: offset())
        case .call: return .call(pick([.helper(immediate()), .local(immediate()), .platform(immediate())]))
        case .exit: return .exit
        }
    }

    mutating func instruction() -> Instruction {
        let row = pick(InstructionSpec.all)
        return instruction(row.form)
    }
}
