import BPFModel
import ClassicBPF

/// Runs translated programs, one instruction after the other, on the few instructions a translation makes.
///
/// It stands apart from the engines: an error in a translation and one in an engine can't cancel out.
struct TranslatedRun {
    enum Failure: Error, Hashable {
        case unexpected(Int)
        case uninitialised(Int, Register)
        case outside(Int)
        case tooLong
    }

    /// What the context shows, by the offsets of `struct __sk_buff`.
    var context: [Int: UInt32] = [:]
    var registers: [Register: UInt64] = [.r1: 0, .r10: 0]
    var stack: [Int: UInt32] = [:]

    init(_ packet: [UInt8], _ metadata: ClassicMetadata) {
        context = [
            0: metadata.wireLength ?? UInt32(packet.count), 4: UInt32(metadata.packetType & 7), 8: metadata.mark,
            12: UInt32(metadata.queue), 16: UInt32(metadata.linkProtocol.bigEndian),
            20: metadata.vlanTag?.isPresent == true ? 1 : 0, 24: UInt32(metadata.vlanTag?.control ?? 0),
            28: UInt32(metadata.vlanTag?.etherType.bigEndian ?? 0), 40: metadata.interface?.index ?? 0,
            68: metadata.receiveHash,
        ]
    }

    static func verdict(
        of translation: ClassicTranslation, on packet: [UInt8], _ metadata: ClassicMetadata
    ) throws(Failure) -> UInt32 {
        var run = TranslatedRun(packet, metadata)
        return try run.run(translation.spec.code, packet, metadata)
    }

    private mutating func run(
        _ code: InstructionSequence, _ packet: [UInt8], _ metadata: ClassicMetadata
    ) throws(Failure) -> UInt32 {
        var index = 0
        for _ in 0..<1_000_000 {
            guard code.indices.contains(index) else { throw .outside(index) }
            var next = index + 1
            switch code[index] {
            case .alu(let operation, let width, let destination, let source):
                let left = operation == .mov ? 0 : try value(destination, index)
                registers[destination] = operation.apply(left, try value(source, index), width: width)
            case .negate(.word, let register):
                registers[register] = ALUOperation.sub.apply(0, try value(register, index), width: .word)
            case .byteSwap(let swap, let width, let register):
                registers[register] = swap.apply(try value(register, index), width: width)
            case .load(.word, signExtended: false, let register, base: .r6, let offset):
                guard let field = context[Int(offset)] else { throw .unexpected(index) }
                registers[register] = UInt64(field)
            case .load(.word, signExtended: false, let register, base: .r10, let offset):
                guard let cell = stack[Int(offset)] else { throw .unexpected(index) }
                registers[register] = UInt64(cell)
            case .store(.word, base: .r10, let offset, let source):
                stack[Int(offset)] = UInt32(truncatingIfNeeded: try value(source, index))
            case .loadPacket(let size, let place):
                guard let loaded = try load(size, place, packet, metadata, index) else { return 0 }
                for scratch in Register.arguments { registers[scratch] = nil }
                registers[.r0] = UInt64(loaded)
            case .jump(let offset): next += Int(offset)
            case .longJump(let offset): next += Int(offset)
            case .branch(let condition, let width, let register, let operand, let offset):
                if condition.holds(try value(register, index), try value(operand, index), width: width) {
                    next += Int(offset)
                }
            case .call(.helper(let id)):
                for scratch in Register.arguments { registers[scratch] = nil }
                registers[.r0] = id == 7 ? UInt64(metadata.random) : UInt64(metadata.processor)
            case .exit: return UInt32(truncatingIfNeeded: try value(Register.r0, index))
            default: throw .unexpected(index)
            }
            index = next
        }
        throw .tooLong
    }

    private func value(_ register: Register, _ index: Int) throws(Failure) -> UInt64 {
        guard let value = registers[register] else { throw .uninitialised(index, register) }
        return value
    }

    private func value(_ operand: Operand, _ index: Int) throws(Failure) -> UInt64 {
        switch operand {
        case .register(let register): try value(register, index)
        case .immediate(let number): UInt64(bitPattern: Int64(number))
        }
    }

    /// Linux's legacy load: a signed offset, negative ones relative to a header.
    private func load(
        _ size: MemorySize, _ place: PacketOffset, _ packet: [UInt8], _ metadata: ClassicMetadata, _ index: Int
    ) throws(Failure) -> UInt32? {
        guard registers[.r6] != nil else { throw .uninitialised(index, .r6) }
        let offset: Int32
        switch place {
        case .absolute(let number): offset = number
        case .indirect(let register, let number):
            offset = Int32(truncatingIfNeeded: try value(register, index) &+ UInt64(bitPattern: Int64(number)))
        }
        var start = Int(offset)
        if offset < 0 {
            if offset >= -0x10_0000 {
                guard let network = metadata.networkOffset else { return nil }
                start = network &+ start &+ 0x10_0000
            } else if offset >= -0x20_0000 {
                guard let link = metadata.linkOffset else { return nil }
                start = link &+ start &+ 0x20_0000
            }
        }
        let end = start.addingReportingOverflow(size.bytes)
        guard start >= 0, !end.overflow, end.partialValue <= packet.count else { return nil }
        return packet[start..<end.partialValue].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
