import BPFModel

extension ClassicLowering {
    /// Where a socket filter sees a field of its context.
    static func field(_ id: ContextField.ID) -> Int16 {
        let field = ProgramType.socketFilter.context.fields.first { $0.id == id }
        return Int16(truncatingIfNeeded: field?.offset ?? 0)
    }

    /// Loads an ancillary field into A, from the context or by a helper.
    func load(_ field: AncillaryField, at index: Int) throws(ClassicTranslationError) -> [Instruction] {
        switch field {
        case .linkProtocol: return fromContext(.etherProtocol, isNetworkOrder: true)
        case .packetType: return fromContext(.packetType)
        case .interfaceIndex:
            // Linux ends the program with A where there is no interface, whose number then reads as 0.
            return [
                .load(.word, Self.temporary, Self.context, Self.field(.interface)),
                .jump32(if: .notEqual, Self.temporary, 0, skip: 1),
                .exit,
                .alu32(.mov, Self.a, .register(Self.temporary)),
            ]
        case .mark: return fromContext(.mark)
        case .queue: return fromContext(.queueMapping)
        case .receiveHash: return fromContext(.hash)
        case .vlanTag: return fromContext(.vlanTCI)
        case .vlanTagPresent: return fromContext(.vlanPresent)
        case .vlanProtocol: return fromContext(.vlanProtocol, isNetworkOrder: true)
        case .processor: return call(.processorID)
        case .random: return call(.randomNumber)
        case .exclusiveOrX: return [.alu32(.xor, Self.a, .register(Self.x))]
        case .hardwareType, .netlinkAttribute, .nestedNetlinkAttribute, .payloadOffset:
            throw .unavailableField(at: index, field)
        }
    }

    private func fromContext(_ id: ContextField.ID, isNetworkOrder: Bool = false) -> [Instruction] {
        let load = Instruction.load(.word, Self.a, Self.context, Self.field(id))
        return isNetworkOrder ? [load, .byteSwap(.bigEndian, .bits16, Self.a)] : [load]
    }

    /// A helper without arguments; its result is cut to the 32 bits of A.
    private func call(_ helper: HelperPrototype) -> [Instruction] {
        [.call(helper: helper.id), .alu32(.mov, Self.a, .register(Self.a))]
    }
}

extension ClassicOperation.Size {
    var memorySize: MemorySize {
        switch self {
        case .word: .word
        case .half: .half
        case .byte: .byte
        }
    }
}

extension ClassicOperation.Arithmetic {
    var aluOperation: ALUOperation {
        switch self {
        case .add: .add
        case .sub: .sub
        case .mul: .mul
        case .div: .div
        case .or: .or
        case .and: .and
        case .lsh: .lsh
        case .rsh: .rsh
        case .mod: .mod
        case .xor: .xor
        }
    }
}

extension ClassicOperation.Condition {
    var branch: BranchCondition {
        switch self {
        case .equal: .equal
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .anyBit: .bitsSet
        }
    }
}
