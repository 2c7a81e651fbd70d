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
        for entry in candidate.entries {
            guard let map = executable.maps[entry.map] else { continue }
            // What a map can't hold isn't in it.
            try? map.update(entry.key, [UInt8](repeating: 0, count: map.spec.valueSize))
        }
        let worker = Worker(seed: candidate.seed)
        worker.budget = budget
        let recorder = Recorder(program, path, candidate.packet)
        worker.observer = { [unowned worker] instruction, registers in
            recorder.record(instruction, registers, packetStart: worker.packetAddresses.start)
        }
        var packet = candidate.packet
        _ = executable.run(onMutable: &packet, metadata: candidate.metadata, worker: worker)
        worker.observer = nil
        return (recorder.observation, worker.fault)
    }
}
