import BPFModel
import BPFVerifier

extension Lowering {
    /// The operation of an instruction that accesses memory, on the engine's own context where it is a context's.
    func memoryOperation(_ instruction: Instruction, at index: Int) -> Operation {
        switch instruction {
        case .load(let size, let signExtended, let destination, let base, let offset):
            let place = place(offset, size, at: index)
            return Operation(
                code: Opcode(load: place.size, signExtended: signExtended), destination: destination.rawValue,
                source: base.rawValue, offset: place.offset)
        case .store(let size, let base, let offset, let operand):
            let place = place(offset, size, at: index)
            var operation = Operation(
                code: Opcode(store: place.size, operand), destination: base.rawValue, offset: place.offset)
            switch operand {
            case .register(let source): operation.source = source.rawValue
            case .immediate(let value): operation.immediate = Int64(value)
            }
            return operation
        case .atomic(let modification, let width, let base, let offset, let source):
            return Operation(
                code: Opcode(modification, width), destination: base.rawValue, source: source.rawValue,
                offset: Int32(offset))
        case .loadAcquire(let size, let destination, let base, let offset):
            return Operation(
                code: Opcode(loadAcquire: size), destination: destination.rawValue, source: base.rawValue,
                offset: Int32(offset))
        case .storeRelease(let size, let base, let offset, let source):
            return Operation(
                code: Opcode(storeRelease: size), destination: base.rawValue, source: source.rawValue,
                offset: Int32(offset))
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            return Operation(code: .exit)
        }
    }

    private func place(_ offset: Int16, _ size: MemorySize, at index: Int) -> (offset: Int32, size: MemorySize) {
        switch facts.accesses[index] {
        case .context(let id):
            guard let field = spec.type.context.field(id) else { break }
            let access = ContextAccess(field, offset: Int(offset), size: size)
            return (Int32(truncatingIfNeeded: access.offset), access.size)
        case .memory, nil: break
        }
        return (Int32(offset), size)
    }
}
