import BPFModel
import BPFVerifier

extension ReferenceMachine {
    /// Executes an instruction that reads or writes memory at an address.
    mutating func accessMemory(_ instruction: Instruction) throws(Fault.Reason) {
        switch instruction {
        case .load(let size, let signExtended, let destination, let base, let offset):
            let value = try load(try address(base, offset), size)
            try write(destination, signExtended ? Self.signExtend(value, size) : value)
        case .store(let size, let base, let offset, let operand):
            let address = try address(base, offset)
            try store(address, size, try read(operand))
        case .atomic(let operation, let width, let base, let offset, let source):
            try atomic(operation, width == .word ? .word : .double, try address(base, offset), source)
        case .loadAcquire(let size, let destination, let base, let offset):
            let address = try aligned(try address(base, offset), size)
            try write(destination, try load(address, size))
        case .storeRelease(let size, let base, let offset, let source):
            let address = try aligned(try address(base, offset), size)
            try store(address, size, try read(source))
        case .alu, .negate, .moveSignExtended, .byteSwap, .loadWide, .loadPacket, .jump, .longJump, .branch, .call,
            .exit:
            return
        }
    }

    private func address(_ base: Register, _ offset: Int16) throws(Fault.Reason) -> UInt64 {
        try read(base) &+ UInt64(bitPattern: Int64(offset))
    }

    private func aligned(_ address: UInt64, _ size: MemorySize) throws(Fault.Reason) -> UInt64 {
        guard address & UInt64(size.bytes - 1) == 0 else {
            throw .misaligned(Fault.Access(write: true, address: address, size: size.bytes))
        }
        return address
    }

    private static func signExtend(_ value: UInt64, _ size: MemorySize) -> UInt64 {
        switch size {
        case .byte: SignExtendedWidth.bits8.apply(value)
        case .half: SignExtendedWidth.bits16.apply(value)
        case .word: SignExtendedWidth.bits32.apply(value)
        case .double: value
        }
    }

    private func load(_ address: UInt64, _ size: MemorySize) throws(Fault.Reason) -> UInt64 {
        if let access = try contextAccess(address, size, write: false) {
            return memory.load(worker.contextAddress &+ UInt64(access.offset), access.size)
        }
        try memory.checkReadable(address, size.bytes, frame: framePointer)
        return memory.load(address, size)
    }

    private mutating func store(_ address: UInt64, _ size: MemorySize, _ value: UInt64) throws(Fault.Reason) {
        if let access = try contextAccess(address, size, write: true) {
            memory.store(worker.contextAddress &+ UInt64(access.offset), access.size, value)
            return
        }
        try memory.checkWritable(address, size.bytes)
        memory.store(address, size, value)
    }

    /// Where an access of the context goes in the image; nil where the address isn't the context's, or the context is
    /// plain memory.
    private func contextAccess(
        _ address: UInt64, _ size: MemorySize, write: Bool
    ) throws(Fault.Reason) -> ContextAccess? {
        let layout = engine.spec.type.context
        let offset = address &- contextAddress
        guard engine.entry == .context, offset < UInt64(layout.size) else { return nil }
        let end = Int(offset) + size.bytes
        if let readable = layout.readableBytes, !write, Int(offset) % size.bytes == 0,
            readable.lowerBound <= Int(offset), end <= readable.upperBound
        {
            return nil
        }
        guard let field = layout.field(at: Int(offset), size: size.bytes), !write || field.writable,
            field.kind == .scalar || size.bytes == field.size
        else {
            throw .contextAccess(write: write, offset: Int(offset), size: size.bytes, structure: layout.structure)
        }
        return ContextAccess(field, offset: Int(offset), size: size)
    }

    private mutating func atomic(
        _ operation: AtomicOperation, _ size: MemorySize, _ address: UInt64, _ source: Register
    ) throws(Fault.Reason) {
        let address = try aligned(address, size)
        let operand = try read(source)
        try memory.checkReadable(address, size.bytes, frame: framePointer)
        try memory.checkWritable(address, size.bytes)
        let old = memory.load(address, size)
        let width: Width = size == .word ? .word : .double
        switch operation {
        case .modify(let combination, let fetch):
            memory.store(address, size, combination.operation.apply(old, operand, width: width))
            if fetch { try write(source, old) }
        case .exchange:
            memory.store(address, size, operand)
            try write(source, old)
        case .compareExchange:
            if BranchCondition.equal.holds(old, try read(.r0), width: width) { memory.store(address, size, operand) }
            try write(.r0, old)
        }
    }
}
