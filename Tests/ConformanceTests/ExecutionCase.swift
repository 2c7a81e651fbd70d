import BPFExecution
import BPFModel
import BPFVerifier
import TestKit

/// One program with one input, to be run on every engine.
struct ExecutionCase {
    var name: String
    var spec: ProgramSpec
    var input: Input
    /// Whether the program may read registers and stack that it never wrote.
    var zeroed = false

    /// What the program runs on.
    enum Input {
        case memory([UInt8])
        case packet([UInt8], PacketMetadata)
    }

    /// What a run gave.
    enum Outcome: Equatable, CustomStringConvertible {
        case returned(UInt64, memory: [UInt8])
        case failed(String)

        var description: String {
            switch self {
            case .returned(let value, let memory):
                "0x" + String(value, radix: 16) + (memory.isEmpty ? "" : ", memory \(memory.hex)")
            case .failed(let reason): reason
            }
        }

        /// The same with only the low 32 bits of the result, and without the memory.
        var low: Outcome {
            guard case .returned(let value, _) = self else { return self }
            return .returned(value & 0xffff_ffff, memory: [])
        }
    }

    var entry: ProgramEntry {
        switch input {
        case .memory(let bytes): .memory(size: bytes.count)
        case .packet: .context
        }
    }

    /// The program as the interpreter may run it, and whether it was verified.
    ///
    /// A program that can't be verified comes through the door for tests, but only after the reference engine ran the
    /// same input without a fault.
    private func verified() -> (VerifiedProgram, isProved: Bool) {
        if let program = try? Verifier().verify(spec, entry: entry) { return (program, true) }
        return (.unproven(spec, entry: entry, clearsStack: zeroed), false)
    }

    /// Runs the case on an engine; `proved` is called with whether the program was verified.
    func run(on engine: Engine, proved: (Bool) -> Void = { _ in }) -> Outcome {
        let worker = Worker()
        do {
            let checked = try Executable(unverified: spec, entry: entry, zeroed: zeroed)
            let expected = run(checked, worker)
            guard engine == .interpreter, case .returned = expected else { return expected }
            let (program, isProved) = verified()
            proved(isProved)
            let executable = try Executable(program, engine: engine)
            guard executable.engine == engine else { return .failed("ran on \(executable.engine)") }
            return run(executable, worker)
        } catch {
            return .failed("\(error)")
        }
    }

    private func run(_ executable: Executable, _ worker: Worker) -> Outcome {
        switch input {
        case .memory(var bytes):
            let result = executable.run(memory: &bytes, worker: worker)
            return worker.fault.map { .failed("\($0)") } ?? .returned(result, memory: bytes)
        case .packet(let bytes, let metadata):
            let result = executable.run(on: bytes.span, metadata: metadata, worker: worker)
            return worker.fault.map { .failed("\($0)") } ?? .returned(result, memory: [])
        }
    }
}
