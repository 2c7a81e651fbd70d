@_spi(Measuring) import BPFMaps
import BPFModel
import LinuxBPF

/// The kernel's hash, called by a program in the kernel.
///
/// Each run does one thing with the keys of fifty numbers, from the number in the packet on, which it leaves fifty
/// higher. The time is the kernel's own of many runs.
struct KernelMapSide: MapSide {
    let name = "kernel"
    private static let each = 50
    private let map: KernelMap
    private var programs: [String: KernelProgram] = [:]

    init?(entries: Int) {
        guard KernelBPF.isAvailable,
            let map = try? KernelMap(type: 1, keySize: 16, valueSize: 32, maxEntries: entries)
        else { return nil }
        self.map = map
    }

    mutating func run(_ action: MapTrial.Action, from first: Int, count: Int) -> Double? {
        guard let program = try? program(action) else { return nil }
        let packet = (0..<8).map { UInt8(truncatingIfNeeded: first >> (8 * $0)) } + [UInt8](repeating: 0, count: 56)
        guard let run = try? program.testRun(data: packet, repeat: UInt32(max(1, count / Self.each))) else {
            return nil
        }
        return Double(run.nanoseconds) / Double(Self.each)
    }

    private mutating func program(_ action: MapTrial.Action) throws -> KernelProgram {
        if let ready = programs["\(action)"] { return ready }
        let descriptor = Int32(map.descriptor.number)
        let program = try KernelProgram.load(
            type: 3, instructions: Self.code(action, descriptor), name: "map_trial")
        programs["\(action)"] = program
        return program
    }

    private static func code(_ action: MapTrial.Action, _ map: Int32) -> [RawInstruction] {
        typealias Raw = RawInstruction
        // r6: the packet, r8: the number, r9: the multiplier.
        var code: [Raw] = [
            Raw(opcode: 0x61, destination: 6, source: 1, offset: 76),
            Raw(opcode: 0x61, destination: 7, source: 1, offset: 80),
            Raw(opcode: 0xbf, destination: 2, source: 6), Raw(opcode: 0x07, destination: 2, immediate: 8),
            Raw(opcode: 0xbd, destination: 2, source: 7, offset: 2), Raw(opcode: 0xb7, destination: 0),
            Raw(opcode: 0x95),
            Raw(opcode: 0x79, destination: 8, source: 6),
            Raw(opcode: 0x18, destination: 9, immediate: Int32(truncatingIfNeeded: MapTrial.multiplier)),
            Raw(opcode: 0, immediate: Int32(truncatingIfNeeded: MapTrial.multiplier >> 32)),
        ]
        for word in 0..<4 {
            code.append(Raw(opcode: 0x7a, destination: 10, offset: Int16(-48 + 8 * word), immediate: 1))
        }
        for _ in 0..<each {
            code += [
                Raw(opcode: 0xbf, destination: 1, source: 8), Raw(opcode: 0x2f, destination: 1, source: 9),
                Raw(opcode: 0x7b, destination: 10, source: 1, offset: -16),
                Raw(opcode: 0x7b, destination: 10, source: 8, offset: -8),
                Raw(opcode: 0xbf, destination: 2, source: 10), Raw(opcode: 0x07, destination: 2, immediate: -16),
                Raw(opcode: 0x18, destination: 1, source: 1, immediate: map), Raw(opcode: 0),
            ]
            switch action {
            case .lookup: code.append(Raw(opcode: 0x85, immediate: 1))
            case .update:
                code += [
                    Raw(opcode: 0xbf, destination: 3, source: 10), Raw(opcode: 0x07, destination: 3, immediate: -48),
                    Raw(opcode: 0xb7, destination: 4), Raw(opcode: 0x85, immediate: 2),
                ]
            case .delete: code.append(Raw(opcode: 0x85, immediate: 3))
            }
            code.append(Raw(opcode: 0x07, destination: 8, immediate: 1))
        }
        return code + [
            Raw(opcode: 0x7b, destination: 6, source: 8), Raw(opcode: 0xb7, destination: 0, immediate: 2),
            Raw(opcode: 0x95),
        ]
    }
}
