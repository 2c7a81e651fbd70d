import BPFModel

/// Takes down a run as long as it stays on the path.
final class Recorder {
    private(set) var observation = Observation()
    private let program: ProgramSpec
    private let path: [Int]
    private let packet: [UInt8]
    private var contextAddress: UInt64?
    private var memory = StoredBytes()
    /// The maps by the addresses that programs hold of them.
    private var maps: [UInt64: Int32] = [:]
    private var hasLeft = false

    init(_ program: ProgramSpec, _ path: [Int], _ packet: [UInt8]) {
        self.program = program
        self.path = path
        self.packet = packet
    }

    func record(_ index: Int, _ registers: [UInt64], packetStart: UInt64) {
        let context = contextAddress ?? registers[1]
        contextAddress = context
        guard !hasLeft, observation.progress < path.count, path[observation.progress] == index else {
            hasLeft = true
            return
        }
        let instruction = program.code[index]
        if case .loadWide(let register, .map(let number)) = observation.last?.instruction {
            maps[registers[Int(register.rawValue)]] = number
        }
        observation.progress += 1
        observation.packetStart = packetStart
        observation.last = (instruction, registers)
        for input in inputs(of: instruction, registers, packetStart, context) where observation.inputs.last != input {
            observation.inputs.removeAll { $0 == input }
            observation.inputs.append(input)
        }
        remember(instruction, registers)
    }

    /// Keeps what the program stores, since keys are made of it.
    private func remember(_ instruction: Instruction, _ registers: [UInt64]) {
        switch instruction {
        case .store(let size, let base, let offset, let source):
            let value =
                switch source {
                case .register(let register): registers[Int(register.rawValue)]
                case .immediate(let number): UInt64(truncatingIfNeeded: number)
                }
            memory.store(value, size, at: registers[Int(base.rawValue)] &+ UInt64(bitPattern: Int64(offset)))
        case .call(.helper(HelperPrototype.loadBytes.id)):
            let start = Int(UInt32(truncatingIfNeeded: registers[2]))
            for place in 0..<Int(min(registers[4], 64)) where start + place < packet.count {
                memory.store(UInt64(packet[start + place]), .byte, at: registers[3] &+ UInt64(place))
            }
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .loadAcquire, .atomic, .storeRelease, .loadWide,
            .loadPacket, .jump, .longJump, .branch, .call, .exit:
            break
        }
    }

    /// What an instruction looks at, by the addresses in its registers.
    private func inputs(
        of instruction: Instruction, _ registers: [UInt64], _ packet: UInt64, _ context: UInt64
    ) -> [Candidate.Input] {
        let value = { (register: Register) in registers[Int(register.rawValue)] }
        switch instruction {
        case .load(let size, _, _, let base, let offset), .loadAcquire(let size, _, let base, let offset):
            let address = value(base) &+ UInt64(bitPattern: Int64(offset))
            if let place = Int(exactly: address &- context), place < program.type.context.size {
                let field = program.type.context.field(at: place, size: size.bytes)
                return field.map { [.field($0.id)] } ?? []
            }
            guard let place = Int(exactly: address &- packet), place <= 0xffff else { return [] }
            return [.bytes(offset: place, size: size.bytes)]
        case .loadPacket(let size, .absolute(let offset)):
            return [.bytes(offset: Int(offset), size: size.bytes)]
        case .loadPacket(let size, .indirect(let register, let offset)):
            return [.bytes(offset: Int(UInt32(truncatingIfNeeded: value(register))) + Int(offset), size: size.bytes)]
        case .call(.helper(HelperPrototype.loadBytes.id)):
            return pieces(from: Int(UInt32(truncatingIfNeeded: value(.r2))), count: value(.r4))
        case .call(.helper(HelperPrototype.mapLookupElement.id)):
            guard let number = maps[registers[1]], let map = program.maps[number],
                let key = memory.bytes(at: registers[2], count: map.keySize)
            else { return [] }
            return [.entry(Counterexample.Entry(map: number, key: key))]
        case .call(.helper(HelperPrototype.randomNumber.id)):
            return [.randomNumber]
        case .alu, .negate, .moveSignExtended, .byteSwap, .store, .atomic, .storeRelease, .loadWide, .jump, .longJump,
            .branch, .call, .exit:
            return []
        }
    }

    /// What a program may look at of bytes that were copied.
    private func pieces(from offset: Int, count: UInt64) -> [Candidate.Input] {
        let count = Int(min(count, 64))
        return [1, 2, 4].flatMap { size in
            stride(from: 0, to: count - size + 1, by: size).map { .bytes(offset: offset + $0, size: size) }
        }
    }
}

/// Bytes that a program stored, by address.
private struct StoredBytes {
    private var bytes: [UInt64: UInt8] = [:]

    mutating func store(_ value: UInt64, _ size: MemorySize, at address: UInt64) {
        for byte in 0..<UInt64(size.bytes) { bytes[address &+ byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }

    /// Bytes in a row; nil where one of them was never stored.
    func bytes(at address: UInt64, count: Int) -> [UInt8]? {
        var result: [UInt8] = []
        for byte in 0..<UInt64(max(0, count)) {
            guard let stored = bytes[address &+ byte] else { return nil }
            result.append(stored)
        }
        return result
    }
}
