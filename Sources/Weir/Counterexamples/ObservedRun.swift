import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier

/// Runs a program that nobody verified, and tells how far a path it went and what it looked at.
struct ObservedRun {
    private let program: ProgramSpec
    private let budget: Int

    init?(_ program: ProgramSpec, budget: Int) {
        self.program = program
        self.budget = budget
        guard (try? Executable.loadUnverified(program)) != nil else { return nil }
    }

    /// Runs on a candidate.
    ///
    /// - Parameter path: the instructions the run should go over.
    func observe(_ candidate: Candidate, along path: [Int]) -> (Observation, Fault?) {
        // Maps are made anew, so that no run depends on those before it.
        guard let executable = try? Executable.loadUnverified(program) else { return (Observation(), nil) }
        let worker = Worker(seed: candidate.seed)
        worker.budget = budget
        let recorder = Recorder(program, path)
        worker.observer = { [unowned worker] instruction, registers in
            recorder.record(instruction, registers, packetStart: worker.packetAddresses.start)
        }
        var packet = candidate.packet
        _ = executable.run(onMutable: &packet, metadata: candidate.metadata, worker: worker)
        worker.observer = nil
        return (recorder.observation, worker.fault)
    }
}

/// Takes down a run as long as it stays on the path.
private final class Recorder {
    private(set) var observation = Observation()
    private let program: ProgramSpec
    private let path: [Int]
    private var contextAddress: UInt64?
    private var hasLeft = false

    init(_ program: ProgramSpec, _ path: [Int]) {
        self.program = program
        self.path = path
    }

    func record(_ index: Int, _ registers: [UInt64], packetStart: UInt64) {
        let context = contextAddress ?? registers[1]
        contextAddress = context
        guard !hasLeft, observation.progress < path.count, path[observation.progress] == index else {
            hasLeft = true
            return
        }
        let instruction = program.code[index]
        observation.progress += 1
        observation.packetStart = packetStart
        observation.last = (instruction, registers)
        for input in inputs(of: instruction, registers, packetStart, context) where observation.inputs.last != input {
            observation.inputs.removeAll { $0 == input }
            observation.inputs.append(input)
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
