import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import LinuxBPF

/// A program that calls a helper, run by the kernel and by every engine on maps of their own.
struct HelperTrial {
    let name: String
    var maps: [Int32: MapSpec] = [:]
    let code: [Instruction]
    /// How often it runs, on the same maps.
    var times = 1
    var type = ProgramType.socketFilter

    static let packet: [UInt8] = (0..<64).map { UInt8($0) }

    private var spec: ProgramSpec {
        ProgramSpec(name: "", type: type, license: "GPL", code: InstructionSequence(code), maps: maps)
    }

    /// The low 32 bits of `r0` of every run.
    func onKernel() throws -> [UInt32] {
        let kernelMaps = try maps.mapValues { try KernelMap($0) }
        let program = try KernelProgram.load(spec, maps: kernelMaps)
        return try (0..<times).map { _ in try program.testRun(data: Self.packet).result }
    }

    /// The same on an engine, which gets the program through the door for tests: the kernel has proved it.
    func run(on engine: Engine, trace: ((TraceLine) -> Void)? = nil) throws -> [UInt32] {
        let live = try maps.mapValues { try Map($0) }
        let executable =
            switch engine {
            case .reference: try Executable(unverified: spec, maps: live)
            case .interpreter: try Executable(.unproven(spec, entry: .context), maps: live, engine: .interpreter)
            }
        let worker = Worker()
        worker.trace = trace
        return try (0..<times).map { _ in
            let result = executable.run(on: Self.packet.span, worker: worker)
            if let fault = worker.fault { throw fault }
            return UInt32(truncatingIfNeeded: result)
        }
    }
}

extension [Instruction] {
    /// Puts bytes onto the stack, `offset` bytes from the frame pointer, and zeros up to 8 bytes behind them.
    static func stack(_ bytes: [UInt8], at offset: Int) -> [Instruction] {
        stride(from: 0, to: bytes.count, by: 8).flatMap { start in
            let word = bytes[start..<Swift.min(start + 8, bytes.count)].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            return [
                Instruction.loadWide(.r1, .value(word)),
                .store(.double, .r10, Int16(offset + start), .register(.r1)),
            ]
        }
    }

    /// Sets a register to an address of the stack.
    static func address(_ register: Register, _ offset: Int) -> [Instruction] {
        [.move(register, .register(.r10)), .alu(.add, register, .immediate(Int32(offset)))]
    }

    /// Calls a helper and ends with what it returned.
    static func call(_ helper: Int32) -> [Instruction] { [.call(helper: helper), .exit] }
}
