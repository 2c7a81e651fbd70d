import BPFMaps
import BPFModel
import BPFVerifier

extension ReferenceMachine {
    /// Executes one instruction and moves on; the program's result where that ends it.
    mutating func execute(_ instruction: Instruction, target: Int?) throws(Fault.Reason) -> UInt64? {
        switch instruction {
        case .alu(let operation, let width, let destination, let operand):
            let source = try read(operand)
            let old = operation == .mov ? 0 : try read(destination)
            try write(destination, operation.apply(old, source, width: width))
        case .negate(let width, let destination):
            try write(destination, ALUOperation.sub.apply(0, try read(destination), width: width))
        case .moveSignExtended(let from, let width, let destination, let source):
            try write(destination, ALUOperation.mov.apply(0, from.apply(try read(source)), width: width))
        case .byteSwap(let swap, let width, let destination):
            try write(destination, swap.apply(try read(destination), width: width))
        case .load, .store, .atomic, .loadAcquire, .storeRelease:
            try accessMemory(instruction)
        case .loadWide(let destination, .function(let offset)):
            guard let target else { throw .invalidTarget(offset: offset) }
            try write(destination, ReferenceEngine.address(ofFunction: target))
        case .loadWide(let destination, let immediate):
            try write(destination, try value(of: immediate))
        case .loadPacket(let size, let offset):
            guard try loadPacket(size, offset) else { return try leave() }
        case .jump, .longJump:
            return try jump(target, offset: instruction.jumpOffset ?? 0)
        case .branch(let condition, let width, let left, let right, let offset):
            if condition.holds(try read(left), try read(right), width: width) {
                return try jump(target, offset: Int32(offset))
            }
        case .call(let callee):
            if case .local(let offset) = callee {
                try enter(target, offset: offset)
                return nil
            }
            try call(callee)
            return nil
        case .exit:
            return try leave()
        }
        index += 1
        return nil
    }

    private mutating func jump(_ target: Int?, offset: Int32) throws(Fault.Reason) -> UInt64? {
        guard let target else { throw .invalidTarget(offset: offset) }
        index = target
        return nil
    }

    private func value(of immediate: WideImmediate) throws(Fault.Reason) -> UInt64 {
        switch immediate {
        case .value(let value): return value
        case .map(let number):
            guard let map = engine.maps[number] else { throw .unknownImmediate(immediate) }
            return map.address
        case .mapValue(let number, let offset):
            guard let map = engine.maps[number], map.spec.type == .array else { throw .unknownImmediate(immediate) }
            return map.values.base &+ UInt64(bitPattern: Int64(offset))
        case .variable, .function, .mapIndex, .mapIndexValue:
            throw .unknownImmediate(immediate)
        }
    }

    /// Loads packet bytes into `r0`; false where the packet has none there, which ends the function with 0.
    private mutating func loadPacket(_ size: MemorySize, _ place: PacketOffset) throws(Fault.Reason) -> Bool {
        guard try read(.r6) == worker.contextAddress, engine.entry == .context, engine.spec.type.seesPackets else {
            throw .packetLoadWithoutContext
        }
        let offset: Int32
        switch place {
        case .absolute(let immediate): offset = immediate
        case .indirect(let register, let immediate):
            offset = Int32(truncatingIfNeeded: try read(register)) &+ immediate
        }
        forgetArguments()
        let packet = worker.packetAddresses
        guard
            let start = PacketPlace.start(
                of: offset, size: size.bytes, length: packet.end &- packet.start, networkOffset: worker.networkOffset)
        else {
            try write(.r0, 0)
            return false
        }
        let value = memory.load(packet.start &+ start, size)
        switch size {
        case .byte: try write(.r0, value)
        case .half: try write(.r0, ByteSwap.bigEndian.apply(value, width: .bits16))
        case .word: try write(.r0, ByteSwap.bigEndian.apply(value, width: .bits32))
        case .double: try write(.r0, ByteSwap.bigEndian.apply(value, width: .bits64))
        }
        return true
    }
}
