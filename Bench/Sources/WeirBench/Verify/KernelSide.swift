import LinuxBPF
import Weir

/// The kernel's part of a comparison: its maps are made once, then the program is loaded again and again.
struct KernelSide {
    private let program: BenchProgram
    private let slots: [RawInstruction]
    private let maps: [Int32: KernelMap]

    /// What came of one load.
    struct Outcome {
        /// Nil where the program was accepted.
        let rejection: String?
        /// How many instructions were gone over.
        let processed: Int?
        /// What the verifier says of its own time.
        ///
        /// It counts the proof and the rewriting after it, but neither the translation of the main program to native
        /// code, nor copying the program. That is time on the wall: where the processor time of the whole call is
        /// less, as on a busy machine, it is that.
        let microseconds: Double?
    }

    init(_ program: BenchProgram) throws(KernelError) {
        self.program = program
        var maps: [Int32: KernelMap] = [:]
        for (number, map) in program.maps {
            let made = try KernelMap(map.spec)
            if let value = map.value { try made.update([0, 0, 0, 0], value) }
            if map.isFrozen { try made.freeze() }
            maps[number] = made
        }
        self.maps = maps
        slots = program.slots.map { slot in
            var slot = slot
            let namesMap = slot.opcode == 0x18 && (slot.source == 1 || slot.source == 2)
            if namesMap, let map = maps[slot.immediate] { slot.immediate = map.descriptor.number }
            return slot
        }
    }

    /// Loads the program with the log's statistics, which hold the verifier's own time.
    func verify() -> Outcome {
        let (time, result) = Stopwatch.microseconds {
            Result { () throws(KernelError) in try load(.statistics).log }
        }
        let (log, rejection): (VerifierLog, String?) =
            switch result {
            case .success(let log): (log, nil)
            case .failure(let error): (VerifierLog(text: error.log), error.reason)
            }
        return Outcome(
            rejection: rejection, processed: log.processedInstructions,
            microseconds: log.microseconds.map { min(Double($0), time) })
    }

    /// The processor time of the whole call without a log, in microseconds: the proof, and for an accepted program
    /// its translation to native code.
    func load() -> Double? {
        Stopwatch.microseconds { () -> Void in
            _ = try? load(.none)
        }.time
    }

    private func load(_ level: KernelProgram.LogLevel) throws(KernelError) -> KernelProgram {
        try KernelProgram.load(
            type: program.type.rawValue, instructions: slots, flags: program.isStrict ? 1 : 0, logLevel: level)
    }
}
