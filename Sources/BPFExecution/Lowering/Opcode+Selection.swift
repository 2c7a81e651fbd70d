import BPFModel

/// The four forms of an operation: 64 or 32 bits, immediate or register.
private struct Forms {
    let double: (immediate: Opcode, register: Opcode)
    let word: (immediate: Opcode, register: Opcode)

    init(_ doubleI: Opcode, _ doubleR: Opcode, _ wordI: Opcode, _ wordR: Opcode) {
        double = (doubleI, doubleR)
        word = (wordI, wordR)
    }

    func select(_ width: Width, _ operand: Operand) -> Opcode {
        let pair =
            switch width {
            case .double: double
            case .word: word
            }
        return switch operand {
        case .immediate: pair.immediate
        case .register: pair.register
        }
    }
}

extension Opcode {
    /// The code of an arithmetic instruction.
    init(_ operation: ALUOperation, _ width: Width, _ operand: Operand) {
        let forms =
            switch operation {
            case .add: Forms(.add64I, .add64R, .add32I, .add32R)
            case .sub: Forms(.sub64I, .sub64R, .sub32I, .sub32R)
            case .mul: Forms(.mul64I, .mul64R, .mul32I, .mul32R)
            case .div: Forms(.div64I, .div64R, .div32I, .div32R)
            case .or: Forms(.or64I, .or64R, .or32I, .or32R)
            case .and: Forms(.and64I, .and64R, .and32I, .and32R)
            case .lsh: Forms(.lsh64I, .lsh64R, .lsh32I, .lsh32R)
            case .rsh: Forms(.rsh64I, .rsh64R, .rsh32I, .rsh32R)
            case .mod: Forms(.mod64I, .mod64R, .mod32I, .mod32R)
            case .xor: Forms(.xor64I, .xor64R, .xor32I, .xor32R)
            case .mov: Forms(.mov64I, .mov64R, .mov32I, .mov32R)
            case .arsh: Forms(.arsh64I, .arsh64R, .arsh32I, .arsh32R)
            case .sdiv: Forms(.sdiv64I, .sdiv64R, .sdiv32I, .sdiv32R)
            case .smod: Forms(.smod64I, .smod64R, .smod32I, .smod32R)
            }
        self = forms.select(width, operand)
    }

    /// The code of a conditional jump.
    init(_ condition: BranchCondition, _ width: Width, _ operand: Operand) {
        let forms =
            switch condition {
            case .equal: Forms(.equal64I, .equal64R, .equal32I, .equal32R)
            case .greater: Forms(.greater64I, .greater64R, .greater32I, .greater32R)
            case .greaterOrEqual: Forms(.greaterOrEqual64I, .greaterOrEqual64R, .greaterOrEqual32I, .greaterOrEqual32R)
            case .bitsSet: Forms(.bitsSet64I, .bitsSet64R, .bitsSet32I, .bitsSet32R)
            case .notEqual: Forms(.notEqual64I, .notEqual64R, .notEqual32I, .notEqual32R)
            case .less: Forms(.less64I, .less64R, .less32I, .less32R)
            case .lessOrEqual: Forms(.lessOrEqual64I, .lessOrEqual64R, .lessOrEqual32I, .lessOrEqual32R)
            case .signedGreater: Forms(.signedGreater64I, .signedGreater64R, .signedGreater32I, .signedGreater32R)
            case .signedGreaterOrEqual:
                Forms(
                    .signedGreaterOrEqual64I, .signedGreaterOrEqual64R, .signedGreaterOrEqual32I,
                    .signedGreaterOrEqual32R)
            case .signedLess: Forms(.signedLess64I, .signedLess64R, .signedLess32I, .signedLess32R)
            case .signedLessOrEqual:
                Forms(.signedLessOrEqual64I, .signedLessOrEqual64R, .signedLessOrEqual32I, .signedLessOrEqual32R)
            }
        self = forms.select(width, operand)
    }

    /// The code of a load.
    init(load size: MemorySize, signExtended: Bool) {
        self =
            switch size {
            case .byte: signExtended ? .loads8 : .load8
            case .half: signExtended ? .loads16 : .load16
            case .word: signExtended ? .loads32 : .load32
            case .double: .load64
            }
    }

    /// The code of a store.
    init(store size: MemorySize, _ operand: Operand) {
        let codes: (immediate: Opcode, register: Opcode) =
            switch size {
            case .byte: (.store8I, .store8R)
            case .half: (.store16I, .store16R)
            case .word: (.store32I, .store32R)
            case .double: (.store64I, .store64R)
            }
        self =
            switch operand {
            case .immediate: codes.immediate
            case .register: codes.register
            }
    }

    /// The code of a load-acquire.
    init(loadAcquire size: MemorySize) {
        self =
            switch size {
            case .byte: .loadAcquire8
            case .half: .loadAcquire16
            case .word: .loadAcquire32
            case .double: .loadAcquire64
            }
    }

    /// The code of a store-release.
    init(storeRelease size: MemorySize) {
        self =
            switch size {
            case .byte: .storeRelease8
            case .half: .storeRelease16
            case .word: .storeRelease32
            case .double: .storeRelease64
            }
    }

    /// The code of an atomic read-modify-write.
    init(_ operation: AtomicOperation, _ width: Width) {
        let codes: (word: Opcode, double: Opcode) =
            switch operation {
            case .modify(.add, fetch: false): (.atomicAdd32, .atomicAdd64)
            case .modify(.or, fetch: false): (.atomicOr32, .atomicOr64)
            case .modify(.and, fetch: false): (.atomicAnd32, .atomicAnd64)
            case .modify(.xor, fetch: false): (.atomicXor32, .atomicXor64)
            case .modify(.add, fetch: true): (.fetchAdd32, .fetchAdd64)
            case .modify(.or, fetch: true): (.fetchOr32, .fetchOr64)
            case .modify(.and, fetch: true): (.fetchAnd32, .fetchAnd64)
            case .modify(.xor, fetch: true): (.fetchXor32, .fetchXor64)
            case .exchange: (.exchange32, .exchange64)
            case .compareExchange: (.compareExchange32, .compareExchange64)
            }
        self = width == .word ? codes.word : codes.double
    }

    /// The code of a sign-extending move, which has no form from 32 to 32 bits: that is a plain move.
    init(_ from: SignExtendedWidth, _ width: Width) {
        self =
            switch (from, width) {
            case (.bits8, .double): .movs8to64
            case (.bits16, .double): .movs16to64
            case (.bits32, .double): .movs32to64
            case (.bits8, .word): .movs8to32
            case (.bits16, .word): .movs16to32
            case (.bits32, .word): .mov32R
            }
    }

    /// The code of a packet load.
    init(packet size: MemorySize, indirect: Bool) {
        self =
            switch size {
            case .byte: indirect ? .packetIndirect8 : .packet8
            case .half: indirect ? .packetIndirect16 : .packet16
            case .word, .double: indirect ? .packetIndirect32 : .packet32
            }
    }

    /// The code of a byte-order operation on this host, or nil where it leaves the register as it is.
    init?(_ swap: ByteSwap, _ width: SwapWidth) {
        let swaps = swap.apply(1, width: width) != 1
        switch width {
        case .bits16: self = swaps ? .swap16 : .truncate16
        case .bits32: self = swaps ? .swap32 : .mov32R
        case .bits64:
            guard swaps else { return nil }
            self = .swap64
        }
    }
}
