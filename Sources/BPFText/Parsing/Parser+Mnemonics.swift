import BPFModel

/// Operands in uBPF's syntax.
extension Parser {
    mutating func operands(of mnemonic: Mnemonic) throws(Problem) -> Draft.Body {
        switch mnemonic {
        case .alu(let operation, let width):
            let target = try wholeRegister()
            try expect(",")
            return .complete(.alu(operation, width, target, try plainOperand()))
        case .negate(let width):
            return .complete(.negate(width, try wholeRegister()))
        case .moveSignExtended(let bits, let width):
            let target = try wholeRegister()
            try expect(",")
            return .complete(.moveSignExtended(bits, width, target, try wholeRegister()))
        case .byteSwap(let swap, let width):
            return .complete(.byteSwap(swap, width, try wholeRegister()))
        case .load, .storeImmediate, .storeRegister, .loadPacket:
            return .complete(try memoryOperands(of: mnemonic))
        case .loadWide:
            return try wideOperands()
        case .loadPseudo:
            return .complete(try pseudoOperands())
        case .branch(let condition, let width):
            let left = try wholeRegister()
            try expect(",")
            let right = try plainOperand()
            try expect(",")
            return try branch(condition, width, left, right)
        case .jump: return try jump()
        case .longJump: return try longJump()
        }
    }

    private mutating func memoryOperands(of mnemonic: Mnemonic) throws(Problem) -> Instruction {
        switch mnemonic {
        case .load(let size, let signExtended):
            let target = try wholeRegister()
            try expect(",")
            let address = try bracketedAddress()
            return .load(size, signExtended: signExtended, target, base: address.base, offset: address.offset)
        case .storeImmediate(let size):
            let address = try bracketedAddress()
            try expect(",")
            if startsRegister { throw .storesNumber(size.mnemonicSuffix, found: current) }
            return .store(size, base: address.base, offset: address.offset, .immediate(try immediate()))
        case .storeRegister(let size):
            let address = try bracketedAddress()
            try expect(",")
            return .store(size, base: address.base, offset: address.offset, .register(try wholeRegister()))
        case .loadPacket(let size, indirect: false):
            return .loadPacket(size, .absolute(try immediate()))
        case .loadPacket(let size, indirect: true):
            let index = try wholeRegister()
            try expect(",")
            return .loadPacket(size, .indirect(index, try immediate()))
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPseudo, .branch, .jump, .longJump:
            throw .expected("a memory operand", found: current)
        }
    }

    /// `lddw`: a register and 64 bits, or a map.
    private mutating func wideOperands() throws(Problem) -> Draft.Body {
        let target = try wholeRegister()
        try expect(",")
        if current.kind == .name, let word = WideWord(rawValue: current.text) {
            advance()
            return try wideReference(word, into: target)
        }
        let position = current.position
        let value = try wideValue(try number(), at: position)
        return .complete(.loadWide(target, .value(value)))
    }

    /// `ld_pseudo`: a register, the selector and the low number, as LLVM's listings show them.
    private mutating func pseudoOperands() throws(Problem) -> Instruction {
        let target = try wholeRegister()
        try expect(",")
        let position = current.position
        let selector = try number()
        try expect(",")
        let low = try immediate()
        guard !selector.isNegative, let value = WideImmediate(pseudo: selector.magnitude, low) else {
            throw .outOfRange(selector, "kind of 64-bit immediate", limits: "0 and 6", at: position)
        }
        return .loadWide(target, value)
    }

    /// `[r1+4]`.
    mutating func bracketedAddress() throws(Problem) -> Address {
        try expect("[")
        let address = try address()
        try expect("]")
        return address
    }

    /// A register, written `r` whatever the width, or a 32-bit number.
    private mutating func plainOperand() throws(Problem) -> Operand {
        startsRegister ? .register(try wholeRegister()) : .immediate(try immediate())
    }
}

extension WideImmediate {
    fileprivate init?(pseudo selector: UInt64, _ low: Int32) {
        switch selector {
        case 0: self = .value(UInt64(UInt32(bitPattern: low)))
        case 1: self = .map(low)
        case 2: self = .mapValue(low, offset: 0)
        case 3: self = .variable(low, module: 0)
        case 4: self = .function(low)
        case 5: self = .mapIndex(low)
        case 6: self = .mapIndexValue(low, offset: 0)
        default: return nil
        }
    }
}
