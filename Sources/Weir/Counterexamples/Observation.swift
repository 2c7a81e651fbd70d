import BPFModel

/// What a run on a candidate showed.
struct Observation {
    /// How many instructions it went along the path.
    var progress = 0
    /// What the program looked at on the path, first to last.
    var inputs: [Candidate.Input] = []
    /// The last instruction on the path and the registers before it.
    var last: (instruction: Instruction, registers: [UInt64])?
    /// Where the packet was.
    var packetStart: UInt64 = 0

    func isFurther(than other: Observation) -> Bool { progress > other.progress }

    /// Changes of a candidate that may let a run go on where this one left the path, or fail at its end.
    ///
    /// Lengths come first, then what was looked at last.
    func changes(of candidate: Candidate) -> [Candidate] {
        var changes = lengths(candidate).compactMap { candidate.resized(to: $0) }
        let values = comparedValues
        for input in inputs.reversed().prefix(Self.triedInputs) {
            guard let current = candidate.value(of: input) else { continue }
            for value in input.isEntry ? [0, 1] : Self.variants(of: values, current) {
                if let change = candidate.setting(input, to: value) { changes.append(change) }
            }
        }
        return changes
    }

    private static let triedInputs = 24

    /// Lengths about which the last instruction makes a difference.
    private func lengths(_ candidate: Candidate) -> [Int] {
        guard let last else { return [] }
        let place = { (register: Register) in
            Int(truncatingIfNeeded: Int64(bitPattern: last.registers[Int(register.rawValue)] &- packetStart))
        }
        var ends: [Int] = []
        switch last.instruction {
        case .load(let size, _, _, let base, let offset), .store(let size, let base, let offset, _),
            .loadAcquire(let size, _, let base, let offset), .storeRelease(let size, let base, let offset, _):
            ends = [place(base) &+ Int(offset) &+ size.bytes]
        case .atomic(_, let width, let base, let offset, _):
            ends = [place(base) &+ Int(offset) &+ width.memorySize.bytes]
        case .branch(_, _, let left, .register(let right), _):
            ends = [place(left), place(right)]
        case .loadPacket(let size, .absolute(let offset)):
            ends = [Int(offset) + size.bytes]
        case .loadPacket(let size, .indirect(let register, let offset)):
            ends = [Int(truncatingIfNeeded: last.registers[Int(register.rawValue)]) &+ Int(offset) &+ size.bytes]
        case .call(.helper):
            ends = Register.arguments.map(place)
        case .alu, .negate, .moveSignExtended, .byteSwap, .branch, .loadWide, .jump, .longJump, .call, .exit:
            break
        }
        return ends.filter { (0...0xffff).contains($0) }.flatMap { [$0, $0 - 1, $0 + 1] }
    }

    /// The values that the last instruction compares, and otherwise those its registers hold.
    private var comparedValues: [UInt64] {
        guard let last else { return [] }
        guard case .branch(_, _, let left, let right, _) = last.instruction else { return [] }
        let first = last.registers[Int(left.rawValue)]
        let second =
            switch right {
            case .register(let register): last.registers[Int(register.rawValue)]
            case .immediate(let number): UInt64(truncatingIfNeeded: number)
            }
        return [second, first, second &- first]
    }

    /// Numbers that a computation may make the compared ones of: the same, in both byte orders, shifted, and close.
    private static func variants(of compared: [UInt64], _ current: UInt64) -> [UInt64] {
        var values: [UInt64] = []
        var exact = compared.prefix(2).flatMap { [$0, $0 &+ 1, $0 &- 1] }
        if let distance = compared.dropFirst(2).first {
            exact += [current &+ distance, current &+ distance &+ 1, current &+ distance &- 1]
        }
        for value in exact {
            values += [value, value.byteSwapped >> 48, value.byteSwapped >> 32, value.byteSwapped]
        }
        for value in compared.prefix(1) {
            values += [current | value, current & ~value]
            for count in 1...16 as ClosedRange<UInt64> { values += [value >> count, value << count] }
        }
        values += [0, .max, 1, 0x7f, 0x80, 0xff, 0x7fff_ffff, 0x8000_0000]
        var seen: Set<UInt64> = []
        return values.filter { seen.insert($0).inserted }
    }
}
