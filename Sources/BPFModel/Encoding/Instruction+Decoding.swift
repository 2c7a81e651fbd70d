extension Instruction {
    /// Decodes the instruction that starts at a slot.
    ///
    /// - Parameters:
    ///   - slots: the whole program.
    ///   - index: the slot to start at; must be inside.
    /// - Throws: ``DecodeError`` for every encoding that RFC 9669 leaves unassigned or reserved.
    public init(decoding slots: [RawInstruction], at index: Int) throws(DecodeError) {
        let raw = slots[index]
        guard let row = InstructionSpec.row(of: raw.opcode) else {
            throw DecodeError(slot: index, reason: .unknownOpcode(raw.opcode))
        }
        if let reason = row.violation(in: raw) { throw DecodeError(slot: index, reason: reason) }
        guard case .loadWide = row.form else {
            self = try Instruction(raw, form: row.form, slot: index)
            return
        }
        guard index + 1 < slots.count else { throw DecodeError(slot: index, reason: .missingSecondSlot) }
        let second = slots[index + 1]
        if let reason = Self.secondSlotViolation(second) { throw DecodeError(slot: index + 1, reason: reason) }
        self = .loadWide(
            try Register(field: raw.destination, .destination, slot: index),
            try WideImmediate(selector: raw.source, low: raw.immediate, high: second.immediate, slot: index))
    }

    private static func secondSlotViolation(_ raw: RawInstruction) -> DecodeError.Reason? {
        let fields: [(DecodeError.Field, Int32)] = [
            (.opcode, Int32(raw.opcode)), (.destination, Int32(raw.destination)), (.source, Int32(raw.source)),
            (.offset, Int32(raw.offset)),
        ]
        return fields.first { $0.1 != 0 }.map { .secondSlotNotEmpty($0.0, value: $0.1) }
    }

    /// Builds a one-slot instruction whose fields the row has already admitted.
    private init(_ raw: RawInstruction, form: InstructionSpec.Form, slot: Int) throws(DecodeError) {
        func destination() throws(DecodeError) -> Register {
            try Register(field: raw.destination, .destination, slot: slot)
        }
        func source() throws(DecodeError) -> Register {
            try Register(field: raw.source, .source, slot: slot)
        }
        func operand(_ kind: InstructionSpec.OperandKind) throws(DecodeError) -> Operand {
            kind == .register ? .register(try source()) : .immediate(raw.immediate)
        }
        func unassigned(_ field: DecodeError.Field, _ value: Int32) -> DecodeError {
            DecodeError(slot: slot, reason: .reservedField(field, value: value, opcode: raw.opcode))
        }
        switch form {
        case .alu(.mov, let width, .register) where raw.offset != 0:
            guard let bits = UInt8(exactly: raw.offset).flatMap(SignExtendedWidth.init) else {
                throw unassigned(.offset, Int32(raw.offset))
            }
            self = .moveSignExtended(bits, width, try destination(), try source())
        case .alu(let operation, let width, let kind):
            let effective = raw.offset == 1 ? operation.signedVariant : operation
            self = .alu(effective, width, try destination(), try operand(kind))
        case .negate(let width):
            self = .negate(width, try destination())
        case .byteSwap(let swap):
            guard let bits = UInt8(exactly: raw.immediate).flatMap(SwapWidth.init) else {
                throw unassigned(.immediate, raw.immediate)
            }
            self = .byteSwap(swap, bits, try destination())
        case .load(let size, let signExtended):
            self = .load(
                size, signExtended: signExtended, try destination(), base: try source(), offset: raw.offset)
        case .store(let size, let kind):
            self = .store(size, base: try destination(), offset: raw.offset, try operand(kind))
        case .atomic(let size):
            switch OrderedAccess(rawValue: raw.immediate) {
            case .loadAcquire:
                self = .loadAcquire(size, try destination(), base: try source(), offset: raw.offset)
            case .storeRelease:
                self = .storeRelease(size, base: try destination(), offset: raw.offset, source: try source())
            case nil:
                guard let operation = AtomicOperation(encoding: raw.immediate) else {
                    throw unassigned(.immediate, raw.immediate)
                }
                self = .atomic(
                    operation, size == .double ? .double : .word, base: try destination(), offset: raw.offset,
                    source: try source())
            }
        case .loadPacket(let size, let indirect):
            self = .loadPacket(
                size, indirect ? .indirect(try source(), raw.immediate) : .absolute(raw.immediate))
        case .jump: self = .jump(raw.offset)
        case .longJump: self = .longJump(raw.immediate)
        case .branch(let condition, let width, let kind):
            self = .branch(condition, width, try destination(), try operand(kind), offset: raw.offset)
        case .call:
            switch raw.source {
            case 0: self = .call(.helper(raw.immediate))
            case 1: self = .call(.local(raw.immediate))
            case 2: self = .call(.platform(raw.immediate))
            default: throw unassigned(.source, Int32(raw.source))
            }
        case .exit: self = .exit
        case .loadWide: throw DecodeError(slot: slot, reason: .missingSecondSlot)
        }
    }
}

extension InstructionSpec {
    /// The first field of a slot that this row doesn't admit.
    func violation(in raw: RawInstruction) -> DecodeError.Reason? {
        destination.violation(.destination, raw.destination, opcode)
            ?? source.violation(.source, raw.source, opcode)
            ?? (offset.contains(Int32(raw.offset))
                ? nil : .reservedField(.offset, value: Int32(raw.offset), opcode: opcode))
            ?? (immediate.contains(raw.immediate)
                ? nil : .reservedField(.immediate, value: raw.immediate, opcode: opcode))
    }
}

extension InstructionSpec.FieldUse {
    fileprivate func violation(
        _ field: DecodeError.Field, _ value: UInt8, _ opcode: UInt8
    ) -> DecodeError.Reason? {
        switch self {
        case .unused: value == 0 ? nil : .reservedField(field, value: Int32(value), opcode: opcode)
        case .selector(let last): value <= last ? nil : .reservedField(field, value: Int32(value), opcode: opcode)
        case .read, .written, .modified: value <= 10 ? nil : .invalidRegister(field, number: value)
        }
    }
}

extension Register {
    fileprivate init(field: UInt8, _ name: DecodeError.Field, slot: Int) throws(DecodeError) {
        guard let register = Register(rawValue: field) else {
            throw DecodeError(slot: slot, reason: .invalidRegister(name, number: field))
        }
        self = register
    }
}

extension ALUOperation {
    /// The signed operation that offset 1 makes of `div` and `mod`; every other operation is itself.
    fileprivate var signedVariant: ALUOperation {
        switch self {
        case .div: .sdiv
        case .mod: .smod
        case .add, .sub, .mul, .or, .and, .lsh, .rsh, .xor, .mov, .arsh, .sdiv, .smod: self
        }
    }
}

extension WideImmediate {
    fileprivate init(selector: UInt8, low: Int32, high: Int32, slot: Int) throws(DecodeError) {
        func onlyLow(_ value: WideImmediate) throws(DecodeError) -> WideImmediate {
            guard high == 0 else {
                throw DecodeError(slot: slot + 1, reason: .secondSlotNotEmpty(.immediate, value: high))
            }
            return value
        }
        switch selector {
        case 0: self = .value(UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
        case 1: self = try onlyLow(.map(low))
        case 2: self = .mapValue(low, offset: high)
        case 3: self = .variable(low, module: high)
        case 4: self = try onlyLow(.function(low))
        case 5: self = try onlyLow(.mapIndex(low))
        case 6: self = .mapIndexValue(low, offset: high)
        default: throw DecodeError(slot: slot, reason: .reservedField(.source, value: Int32(selector), opcode: 0x18))
        }
    }
}
