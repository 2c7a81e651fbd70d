extension Instruction {
    /// Whether an opcode stands for the instruction, so that its slots decode to itself.
    ///
    /// False for sign-extending loads and packet loads of double words, and for 32-bit moves that sign-extend 32 bits.
    public var isEncodable: Bool {
        switch self {
        case .load(.double, signExtended: true, _, _, _), .loadPacket(.double, _),
            .moveSignExtended(.bits32, .word, _, _):
            false
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .jump, .longJump, .branch, .call, .exit:
            true
        }
    }

    /// The instruction as it stands in a program: one slot, or two for a 64-bit immediate load.
    public var slots: [RawInstruction] {
        switch self {
        case .alu(let operation, let width, let destination, let operand):
            [
                .binary(
                    width.aluClass | operation.encodedOperation, destination, operand,
                    offset: operation == .sdiv || operation == .smod ? 1 : 0)
            ]
        case .negate(let width, let destination):
            [RawInstruction(opcode: width.aluClass | OpcodeBits.neg, destination: destination.rawValue)]
        case .moveSignExtended(let bits, let width, let destination, let source):
            [
                .binary(
                    width.aluClass | ALUOperation.mov.encodedOperation, destination, .register(source),
                    offset: Int16(bits.rawValue))
            ]
        case .byteSwap(let swap, let width, let destination):
            [
                RawInstruction(
                    opcode: swap.opcode, destination: destination.rawValue, immediate: Int32(width.rawValue))
            ]
        case .load, .store, .atomic, .loadAcquire, .storeRelease, .loadPacket:
            [memorySlot]
        case .loadWide(let destination, let immediate):
            immediate.slots(destination)
        case .jump(let offset):
            [RawInstruction(opcode: OpcodeBits.jmp | OpcodeBits.ja, offset: offset)]
        case .longJump(let offset):
            [RawInstruction(opcode: OpcodeBits.jmp32 | OpcodeBits.ja, immediate: offset)]
        case .branch(let condition, let width, let left, let right, let offset):
            [.binary(width.jumpClass | condition.encodedCondition, left, right, offset: offset)]
        case .call(let target):
            [
                RawInstruction(
                    opcode: OpcodeBits.jmp | OpcodeBits.call, source: target.selector, immediate: target.number)
            ]
        case .exit:
            [RawInstruction(opcode: OpcodeBits.jmp | OpcodeBits.exit)]
        }
    }

    /// The slot of an instruction that touches memory.
    private var memorySlot: RawInstruction {
        switch self {
        case .load(let size, let signExtended, let destination, let base, let offset):
            RawInstruction(
                opcode: OpcodeBits.ldx | (signExtended ? OpcodeBits.memsx : OpcodeBits.mem) | size.encodedSize,
                destination: destination.rawValue, source: base.rawValue, offset: offset)
        case .store(let size, let base, let offset, let operand):
            switch operand {
            case .register(let source):
                RawInstruction(
                    opcode: OpcodeBits.stx | OpcodeBits.mem | size.encodedSize,
                    destination: base.rawValue, source: source.rawValue, offset: offset)
            case .immediate(let value):
                RawInstruction(
                    opcode: OpcodeBits.st | OpcodeBits.mem | size.encodedSize,
                    destination: base.rawValue, offset: offset, immediate: value)
            }
        case .atomic(let operation, let width, let base, let offset, let source):
            .atomic(width.memorySize, base, offset, source, operation.encoding)
        case .loadAcquire(let size, let destination, let base, let offset):
            .atomic(size, destination, offset, base, OrderedAccess.loadAcquire.rawValue)
        case .storeRelease(let size, let base, let offset, let source):
            .atomic(size, base, offset, source, OrderedAccess.storeRelease.rawValue)
        case .loadPacket(let size, .absolute(let offset)):
            RawInstruction(opcode: OpcodeBits.ld | OpcodeBits.abs | size.encodedSize, immediate: offset)
        case .loadPacket(let size, .indirect(let index, let offset)):
            RawInstruction(
                opcode: OpcodeBits.ld | OpcodeBits.ind | size.encodedSize, source: index.rawValue, immediate: offset)
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .jump, .longJump, .branch, .call, .exit:
            preconditionFailure("not a memory instruction")
        }
    }
}

extension RawInstruction {
    /// An instruction of a register and an operand.
    fileprivate static func binary(
        _ opcode: UInt8, _ destination: Register, _ operand: Operand, offset: Int16
    ) -> RawInstruction {
        switch operand {
        case .register(let source):
            RawInstruction(
                opcode: opcode | OpcodeBits.registerSource, destination: destination.rawValue,
                source: source.rawValue, offset: offset)
        case .immediate(let value):
            RawInstruction(opcode: opcode, destination: destination.rawValue, offset: offset, immediate: value)
        }
    }

    fileprivate static func atomic(
        _ size: MemorySize, _ destination: Register, _ offset: Int16, _ source: Register, _ operation: Int32
    ) -> RawInstruction {
        RawInstruction(
            opcode: OpcodeBits.stx | OpcodeBits.atomic | size.encodedSize,
            destination: destination.rawValue, source: source.rawValue, offset: offset, immediate: operation)
    }
}

extension ByteSwap {
    /// The whole opcode.
    var opcode: UInt8 {
        switch self {
        case .littleEndian: OpcodeBits.alu | OpcodeBits.end
        case .bigEndian: OpcodeBits.alu | OpcodeBits.end | OpcodeBits.registerSource
        case .swap: OpcodeBits.alu64 | OpcodeBits.end
        }
    }
}

extension CallTarget {
    /// The value of the source field.
    fileprivate var selector: UInt8 {
        switch self {
        case .helper: 0
        case .local: 1
        case .platform: 2
        }
    }

    /// The value of the immediate field.
    fileprivate var number: Int32 {
        switch self {
        case .helper(let number), .local(let number), .platform(let number): number
        }
    }
}

extension WideImmediate {
    fileprivate func slots(_ destination: Register) -> [RawInstruction] {
        let (selector, low, high): (UInt8, Int32, Int32) =
            switch self {
            case .value(let value): (0, Int32(truncatingIfNeeded: value), Int32(truncatingIfNeeded: value >> 32))
            case .map(let number): (1, number, 0)
            case .mapValue(let number, let offset): (2, number, offset)
            case .variable(let id, let module): (3, id, module)
            case .function(let offset): (4, offset, 0)
            case .mapIndex(let index): (5, index, 0)
            case .mapIndexValue(let index, let offset): (6, index, offset)
            }
        return [
            RawInstruction(
                opcode: OpcodeBits.ld | OpcodeBits.imm | MemorySize.double.encodedSize,
                destination: destination.rawValue, source: selector, immediate: low),
            RawInstruction(opcode: 0, immediate: high),
        ]
    }
}
