import BPFMaps
import BPFModel
import BPFVerifier

/// Runs a program's instructions one by one and checks everything they do.
///
/// It is the measure of what programs mean: it takes arithmetic from ``ALUOperation`` and comparisons from
/// ``BranchCondition``, tracks which registers and stack bytes were written, and stops with a ``Fault`` where a
/// program does what no verified program can do. It never traps, whatever the program.
struct ReferenceEngine {
    let spec: ProgramSpec
    let entry: ProgramEntry
    let maps: [Int32: Map]
    /// Whether registers and stack start as zeros that may be read.
    let zeroed: Bool
    private let code: [Instruction]
    /// For each instruction, the one its jump or call leads to.
    private let targets: [Int?]

    init(_ spec: ProgramSpec, entry: ProgramEntry, maps: [Int32: Map], zeroed: Bool = false) {
        self.spec = spec
        self.entry = entry
        self.maps = maps
        self.zeroed = zeroed
        code = Array(spec.code)
        targets = spec.code.indices.map { index in
            let instruction = spec.code[index]
            if case .call(.local(let offset)) = instruction { return spec.code.target(of: offset, from: index) }
            return instruction.jumpOffset.flatMap { spec.code.target(of: $0, from: index) }
        }
    }

    /// Runs the program on the worker's context, or on `memory` where that is the program's entry.
    func run(_ worker: Worker, memory: (address: UInt64, size: Int)? = nil) -> Result<UInt64, Fault> {
        var machine = ReferenceMachine(self, worker, memory: memory)
        var steps = 0
        while true {
            let index = machine.index
            guard index < code.count else {
                return .failure(Fault(instruction: max(0, code.count - 1), reason: .fellOffEnd))
            }
            steps += 1
            worker.observer?(index, machine.registers)
            do throws(Fault.Reason) {
                if steps > worker.budget { throw .budgetExhausted(limit: worker.budget) }
                if let result = try machine.execute(code[index], target: targets[index]) { return .success(result) }
            } catch {
                machine.discardRecords()
                return .failure(Fault(instruction: index, reason: error))
            }
        }
    }
}

/// The state of one run of the reference engine.
struct ReferenceMachine {
    /// What a call keeps for the return.
    struct Frame {
        let returnTo: Int
        let saved: [UInt64]
        let savedWritten: UInt16
    }

    let engine: ReferenceEngine
    let worker: Worker
    var memory: GuestMemory
    /// The next instruction.
    var index = 0
    private(set) var registers = [UInt64](repeating: 0, count: Register.allCases.count)
    /// One bit for each register that was written.
    private var written: UInt16 = 0
    private var frames: [Frame] = []
    /// The records that are reserved, with their sizes.
    var records: [UInt64: Int] = [:]
    /// The maps that were found in maps.
    var heldMaps: [UInt64: Map] = [:]

    init(_ engine: ReferenceEngine, _ worker: Worker, memory block: (address: UInt64, size: Int)?) {
        self.engine = engine
        self.worker = worker
        memory = GuestMemory(stackTop: worker.stackTop)
        if engine.zeroed {
            written = .max
            memory.zeroStack()
        }
        set(.framePointer, worker.stackTop)
        switch engine.entry {
        case .context:
            set(.r1, worker.contextAddress)
            let packet = worker.packetAddresses
            memory.add(
                .packet, base: packet.start, size: Int(truncatingIfNeeded: packet.end &- packet.start),
                writable: engine.spec.type != .socketFilter)
        case .memory:
            set(.r1, block?.address ?? 0)
            set(.r2, UInt64(block?.size ?? 0))
            if let block { memory.add(.memory, base: block.address, size: block.size, writable: true) }
        }
        for (number, map) in engine.maps {
            memory.add(map: number, map.values, writable: !map.spec.isReadOnlyForPrograms)
        }
    }
}

// MARK: Registers

extension ReferenceMachine {
    func read(_ register: Register) throws(Fault.Reason) -> UInt64 {
        guard written & (1 &<< register.rawValue) != 0 else { throw .uninitialisedRegister(register) }
        return registers[Int(register.rawValue)]
    }

    func read(_ operand: Operand) throws(Fault.Reason) -> UInt64 {
        switch operand {
        case .register(let register): try read(register)
        case .immediate(let value): UInt64(bitPattern: Int64(value))
        }
    }

    mutating func write(_ register: Register, _ value: UInt64) throws(Fault.Reason) {
        if register == .framePointer { throw .readOnlyRegister }
        set(register, value)
    }

    private mutating func set(_ register: Register, _ value: UInt64) {
        registers[Int(register.rawValue)] = value
        written |= 1 &<< register.rawValue
    }

    /// Makes the argument registers unreadable, as they are after a call.
    mutating func forgetArguments() {
        for register in Register.arguments { written &= ~(1 &<< register.rawValue) }
    }

    var framePointer: UInt64 { registers[Int(Register.framePointer.rawValue)] }
}

// MARK: Local calls

extension ReferenceMachine {
    mutating func enter(_ target: Int?, offset: Int32) throws(Fault.Reason) {
        guard let target else { throw .invalidTarget(offset: offset) }
        guard frames.count + 1 < MachineLimits.frames else { throw .callTooDeep(limit: MachineLimits.frames) }
        frames.append(Frame(returnTo: index + 1, saved: Array(registers[6...10]), savedWritten: written))
        if !engine.zeroed { memory.clearUnusedStack() }
        memory.stackInUse += MachineLimits.frameBytes
        set(.framePointer, framePointer &- UInt64(MachineLimits.frameBytes))
        written &= ~0b0011_1100_0001
        index = target
    }

    /// Returns from the function; the result of the program where it was the main one.
    ///
    /// Other functions need no result, as in Linux: then the caller finds none.
    mutating func leave() throws(Fault.Reason) -> UInt64? {
        guard let frame = frames.popLast() else {
            guard records.isEmpty else { throw .unreleasedRecord }
            return try read(.r0)
        }
        registers.replaceSubrange(6...10, with: frame.saved)
        written = frame.savedWritten & ~1 | written & 1
        memory.stackInUse -= MachineLimits.frameBytes
        forgetArguments()
        index = frame.returnTo
        return nil
    }
}
