import BPFMaps
import BPFModel
import BPFVerifier

/// The state of one run of the reference engine.
struct ReferenceMachine {
    /// What a call keeps for the return.
    struct Frame {
        let engine: ReferenceEngine
        let returnTo: Int
        let saved: [UInt64]
        let savedWritten: UInt16
        let outerFrames: Int
        /// What the helper knows that called the function; nil where the program did.
        var turns: ReferenceTurns?
    }

    /// The program that runs: another one after a tail call.
    private(set) var engine: ReferenceEngine
    let worker: Worker
    var memory: GuestMemory
    /// The next instruction.
    var index = 0
    private(set) var registers = [UInt64](repeating: 0, count: Register.allCases.count)
    /// One bit for each register that was written.
    private var written: UInt16 = 0
    private var frames: [Frame] = []
    /// How many of the frames belong to programs that ended in a tail call.
    private var outerFrames = 0
    /// How many tail calls the run has made.
    private(set) var tailCalls = 0
    /// The records that are reserved, with their sizes.
    var records: [UInt64: Int] = [:]
    /// The lock that is held.
    var lock: UInt64?
    /// The maps that were found in maps.
    var heldMaps: [UInt64: Map] = [:]

    init(_ engine: ReferenceEngine, _ worker: Worker, memory block: (address: UInt64, size: Int)?) {
        self.engine = engine
        self.worker = worker
        memory = GuestMemory(stackTop: worker.stackTop)
        if engine.zeroed { written = .max }
        if engine.clearsStack { memory.zeroFrame() }
        set(.framePointer, worker.stackTop)
        switch engine.entry {
        case .context where !engine.spec.type.seesPackets:
            set(.r1, contextAddress)
            memory.add(.context, base: contextAddress, size: engine.spec.type.context.size, writable: false)
        case .context:
            set(.r1, contextAddress)
            addPacket()
        case .memory:
            set(.r1, block?.address ?? 0)
            set(.r2, UInt64(block?.size ?? 0))
            if let block { memory.add(.memory, base: block.address, size: block.size, writable: true) }
        }
        addMaps()
    }

    /// The address of the context: the engine's own image of a packet's, or an event's bytes.
    var contextAddress: UInt64 {
        engine.spec.type.seesPackets ? worker.contextAddress : worker.event.address
    }

    /// Moves the packet to another place after a helper that may have changed it, so that old pointers lead nowhere.
    mutating func movePacket() {
        worker.movePacketAway()
        memory.remove(.packet)
        addPacket()
    }

    private mutating func addPacket() {
        let packet = worker.packetArea
        memory.add(
            .packet, base: packet.start, size: Int(truncatingIfNeeded: packet.end &- packet.start),
            writable: engine.spec.type != .socketFilter)
    }

    private mutating func addMaps() {
        for (number, map) in engine.maps { addMap(map, number) }
    }

    /// Lets the program have the values of a map.
    mutating func addMap(_ map: Map, _ number: Int32) {
        memory.add(
            map: number, map.values, writable: !map.spec.isReadOnlyForPrograms, spinLock: map.spec.spinLock)
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

    /// Makes `r0` unreadable, as it is after a call that gives nothing.
    mutating func forgetResult() {
        if !engine.zeroed { written &= ~1 }
    }

    var framePointer: UInt64 { registers[Int(Register.framePointer.rawValue)] }
}

// MARK: Functions

extension ReferenceMachine {
    mutating func enter(_ target: Int?, offset: Int32) throws(Fault.Reason) {
        guard let target else { throw .invalidTarget(offset: offset) }
        try enter(target, turns: nil)
        written &= ~0b0011_1100_0001
    }

    /// Enters a function that a helper calls, with these arguments.
    mutating func enter(_ turns: ReferenceTurns, _ arguments: [UInt64]) throws(Fault.Reason) {
        try enter(turns.function, turns: turns)
        written &= ~0b0011_1111_1111
        for (register, argument) in zip(Register.arguments, arguments) { set(register, argument) }
    }

    private mutating func enter(_ target: Int, turns: ReferenceTurns?) throws(Fault.Reason) {
        guard frames.count - outerFrames + 1 < MachineLimits.programFrames else {
            throw .callTooDeep(limit: MachineLimits.programFrames)
        }
        frames.append(
            Frame(
                engine: engine, returnTo: index + 1, saved: Array(registers[6...10]), savedWritten: written,
                outerFrames: outerFrames, turns: turns))
        memory.pushFrame()
        if engine.clearsStack { memory.zeroFrame() }
        set(.framePointer, framePointer &- UInt64(MachineLimits.frameBytes))
        index = target
    }

    /// Returns from the function; the result of the program where it was the main one.
    ///
    /// Other functions need no result, as in Linux: then the caller finds none.
    mutating func leave() throws(Fault.Reason) -> UInt64? {
        guard let frame = frames.popLast() else {
            guard records.isEmpty else { throw .unreleasedRecord }
            guard lock == nil else { throw .unreleasedLock }
            return try read(.r0)
        }
        engine = frame.engine
        outerFrames = frame.outerFrames
        registers.replaceSubrange(6...10, with: frame.saved)
        written = frame.savedWritten & ~1 | written & 1
        memory.popFrame()
        forgetArguments()
        index = frame.returnTo
        if let turns = frame.turns { try finish(turns) }
        return nil
    }

    /// Goes on in another program with nothing but the context, in a frame nobody has written to.
    mutating func tailCall(_ callee: ReferenceEngine) throws(Fault.Reason) {
        let context = try read(.r1)
        engine = callee
        tailCalls += 1
        outerFrames = frames.count
        index = 0
        written = callee.zeroed ? .max : 1 &<< Register.framePointer.rawValue
        set(.r1, context)
        memory.forgetFrame()
        if callee.clearsStack { memory.zeroFrame() }
        addMaps()
    }
}
