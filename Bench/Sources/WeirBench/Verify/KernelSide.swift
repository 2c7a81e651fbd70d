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
        /// What the verifier says of its own time: the proof and the rewriting after it, but not the translation of
        /// the main program to native code, nor copying the program.
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
        do throws(KernelError) {
            let log = try load(.statistics).log
            return Outcome(
                rejection: nil, processed: log.processedInstructions, microseconds: log.microseconds.map(Double.init))
        } catch {
            let log = VerifierLog(text: error.log)
            return Outcome(
                rejection: log.reason, processed: log.processedInstructions,
                microseconds: log.microseconds.map(Double.init))
        }
    }

    /// The time of the whole call without a log, in microseconds: the proof, and for an accepted program its
    /// translation to native code.
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
