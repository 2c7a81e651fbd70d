import BPFModel

/// A packet, and a program that does one thing after the other to it and records what each came to.
struct Scenario: CustomStringConvertible {
    /// Something the program does.
    enum Step: Hashable {
        /// Calls a helper with the context and numbers.
        case call(HelperPrototype, [UInt64])
        /// Calls a helper with the context, an offset, so many bytes of the stack, and perhaps a number.
        case memory(HelperPrototype, offset: UInt64, count: Int32, [UInt64])
        /// Loads a packet byte by a legacy instruction, which ends the program where there is none.
        case loadPacket(Int32)
        /// Reads a number from the first bytes of a text, of at most 24, by helper 105 or 106.
        case parse(HelperPrototype, [UInt8], flags: UInt64)
        /// Computes the checksum's change from some bytes to others, at most 16 each; none are at address 0.
        case difference(from: [UInt8], to: [UInt8], seed: UInt64)
        /// Reads so many bytes of the system's memory.
        case probe(address: UInt64, count: Int32)
        /// Writes a packet byte through a pointer, where the packet has one there.
        case write(offset: Int32, UInt8)
    }

    let type: ProgramType
    let packet: [UInt8]
    let steps: [Step]

    var description: String {
        let bytes = packet.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(type.name) on \(packet.count) bytes \(bytes): " + steps.map(\.text).joined(separator: "; ")
    }
}

extension Scenario.Step {
    fileprivate var text: String {
        switch self {
        case .call(let helper, let numbers): "\(helper.name)\(numbers.map { Int64(bitPattern: $0) })"
        case .memory(let helper, let offset, let count, let rest): "\(helper.name)[\(offset), \(count) bytes] \(rest)"
        case .parse(let helper, let text, let flags): "\(helper.name)(\(text), \(flags))"
        case .difference(let from, let to, let seed): "bpf_csum_diff(\(from), \(to), \(seed))"
        case .probe(let address, let count): "bpf_probe_read_kernel(\(count) bytes at \(address))"
        case .loadPacket(let offset): "load packet[\(offset)]"
        case .write(let offset, let value): "packet[\(offset)] = \(value)"
        }
    }
}

// MARK: The program

extension Scenario {
    /// What is recorded of a step: its result, sixteen bytes of stack, and the context's fields.
    static let recordSize = 64
    /// The most steps.
    static let steps = 12
    /// The map the records are in.
    static let records = MapSpec(type: .array, keySize: 4, valueSize: recordSize * steps, maxEntries: 1)

    var spec: ProgramSpec {
        var code: [Instruction] = [
            .move(.r6, .register(.r1)), .store(.word, .r10, -4, 0), .loadWide(.r1, .map(1)),
            .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: 1), .jump(if: .notEqual, .r0, 0, skip: 1),
            .exit, .move(.r7, .register(.r0)),
        ]
        for (index, step) in steps.prefix(Self.steps).enumerated() {
            code += [.store(.double, .r10, -32, 0x1111_1111), .store(.double, .r10, -24, 0x2222_2222)]
            code += step.code
            code += Self.recording(at: Int16(index * Self.recordSize), type)
        }
        return ProgramSpec(
            type: type, code: InstructionSequence(code + [.move(.r0, 1), .exit]), maps: [1: Self.records])
    }

    /// Records the result, the memory and the context.
    private static func recording(at place: Int16, _ type: ProgramType) -> [Instruction] {
        var code: [Instruction] = [
            .store(.double, .r7, place, .register(.r0)), .load(.double, .r2, .r10, -32),
            .store(.double, .r7, place + 8, .register(.r2)), .load(.double, .r2, .r10, -24),
            .store(.double, .r7, place + 16, .register(.r2)),
        ]
        let isFrame = type == .xdp
        let (data, end, metadata): (Int16, Int16, Int16) = isFrame ? (0, 4, 8) : (76, 80, 140)
        code += [
            .load(.word, .r2, .r6, data), .load(.word, .r3, .r6, end), .alu(.sub, .r3, .register(.r2)),
            .store(.word, .r7, place + 24, .register(.r3)), .load(.word, .r3, .r6, metadata),
            .alu(.sub, .r2, .register(.r3)), .store(.word, .r7, place + 28, .register(.r2)),
        ]
        guard !isFrame else { return code }
        // len, pkt_type, protocol, vlan_present, vlan_tci, vlan_proto.
        for (index, offset) in [Int16(0), 4, 16, 20, 24, 28].enumerated() {
            code += [
                .load(.word, .r2, .r6, offset), .store(.word, .r7, place + 32 + Int16(index) * 4, .register(.r2)),
            ]
        }
        return code
    }
}

extension Scenario.Step {
    fileprivate var code: [Instruction] {
        switch self {
        case .call(let helper, let numbers):
            let first = helper.arguments.first == .context ? 1 : 0
            return (first == 1 ? [.move(.r1, .register(.r6))] : [])
                + zip(Register.arguments.dropFirst(first), numbers).map { .loadWide($0, .value($1)) }
                + [.call(helper: helper.id)] + (helper.result == .nothing ? [.move(.r0, 0)] : [])
        case .memory(let helper, let offset, let count, let numbers):
            return [
                .move(.r1, .register(.r6)), .loadWide(.r2, .value(offset)), .move(.r3, .register(.r10)),
                .alu(.add, .r3, -32), .move(.r4, .immediate(count)),
            ] + zip([Register.r5], numbers).map { .loadWide($0, .value($1)) } + [.call(helper: helper.id)]
        case .parse(let helper, let text, let flags):
            return Self.stack(text, at: -64) + [
                .move(.r1, .register(.r10)), .alu(.add, .r1, -64), .move(.r2, .immediate(Int32(text.count))),
                .loadWide(.r3, .value(flags)), .move(.r4, .register(.r10)), .alu(.add, .r4, -32),
                .call(helper: helper.id),
            ]
        case .difference(let from, let to, let seed):
            return Self.stack(from, at: -64) + Self.stack(to, at: -48)
                + Self.memory(.r1, -64, from.count) + [.move(.r2, .immediate(Int32(from.count)))]
                + Self.memory(.r3, -48, to.count)
                + [
                    .move(.r4, .immediate(Int32(to.count))), .loadWide(.r5, .value(seed)),
                    .call(helper: HelperPrototype.checksumDifference.id),
                ]
        case .probe(let address, let count):
            return [
                .move(.r1, .register(.r10)), .alu(.add, .r1, -32), .move(.r2, .immediate(count)),
                .loadWide(.r3, .value(address)), .call(helper: HelperPrototype.probeReadKernel.id),
            ]
        case .loadPacket(let offset): return [.loadPacket(at: offset, .byte)]
        case .write(let offset, let value):
            return [
                .move(.r0, 0), .load(.word, .r2, .r6, 76), .load(.word, .r3, .r6, 80),
                .alu(.add, .r2, .immediate(offset)), .move(.r4, .register(.r2)), .alu(.add, .r4, 1),
                .jump(if: .greater, .r4, .register(.r3), skip: 2),
                .store(.byte, .r2, 0, .immediate(Int32(value))), .move(.r0, 1),
            ]
        }
    }

    /// Puts bytes on the stack, filled up to a multiple of 8.
    private static func stack(_ bytes: [UInt8], at offset: Int16) -> [Instruction] {
        let padded = bytes + [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
        return stride(from: 0, to: padded.count, by: 8).flatMap { place -> [Instruction] in
            let word = padded[place..<(place + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return [.loadWide(.r1, .value(word)), .store(.double, .r10, offset + Int16(place), .register(.r1))]
        }
    }

    /// Puts an address of the stack into a register, or 0 where there are no bytes.
    private static func memory(_ register: Register, _ offset: Int32, _ count: Int) -> [Instruction] {
        count == 0
            ? [.move(register, 0)] : [.move(register, .register(.r10)), .alu(.add, register, .immediate(offset))]
    }
}
