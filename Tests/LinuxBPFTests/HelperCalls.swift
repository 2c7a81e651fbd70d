import BPFModel
import LinuxBPF

/// Calls of helpers with arguments that should please the kernel.
struct HelperCalls {
    let helper: HelperPrototype
    let type: ProgramType
    /// The map the helper works on.
    var map: KernelMap?
    /// Which of the arguments that may be memory points into the packet; nil for none.
    var packetArgument: Int?

    /// Where packets are, by the context of the type: `data` and `data_end`.
    private var packetFields: (Int16, Int16)? {
        switch type {
        case .schedCls: (76, 80)
        case .xdp: (0, 4)
        case .socketFilter, .kprobe, .tracepoint, .rawTracepoint, .seccomp: nil
        }
    }

    /// Whether an argument is memory that helpers access.
    static func isMemory(_ argument: HelperPrototype.Argument) -> Bool {
        switch argument {
        case .mapKey, .mapValue, .writableMapValue, .readableMemory, .readableMemoryOrNull, .writableMemory,
            .writableDouble:
            true
        case .anything, .context, .map, .constantString, .size, .sizeOrZero, .recordSize, .record, .spinLock,
            .callback, .callbackContext:
            false
        }
    }

    /// A program that calls the helper, and reads the packet afterwards if it is told to.
    ///
    /// The packet's first 64 bytes are at `r7`, 160 bytes of zeros below the frame pointer.
    func program(readingPacket: Bool = false) -> ProgramSpec {
        var body: [Instruction] = []
        for (index, (register, argument)) in zip(Register.arguments, helper.arguments).enumerated() {
            body += load(argument, into: register, isPacket: index == packetArgument)
        }
        body.append(.call(helper: helper.id))
        if helper.result == .recordOrNull {
            body += [
                .jump(if: .equal, .r0, 0, skip: 3), .move(.r1, .register(.r0)), .move(.r2, 0),
                .call(helper: HelperPrototype.ringBufferDiscard.id),
            ]
        }
        if readingPacket { body.append(.load(.byte, .r1, .r7, 0)) }
        let code = prologue(InstructionSequence(body).slotCount) + body + [.move(.r0, 0), .exit]
        return ProgramSpec(type: type, code: InstructionSequence(code))
    }

    private func prologue(_ slots: Int) -> [Instruction] {
        let stack = (1...20).map { Instruction.store(.double, .r10, Int16(-8 * $0), 0) }
        guard let (data, end) = packetFields else { return [.move(.r6, .register(.r1))] + stack }
        return [
            .move(.r6, .register(.r1)), .load(.word, .r7, .r1, data), .load(.word, .r8, .r1, end),
            .move(.r2, .register(.r7)), .alu(.add, .r2, 64),
        ] + stack + [.jump(if: .greater, .r2, .register(.r8), skip: Int16(slots))]
    }

    private func load(
        _ argument: HelperPrototype.Argument, into register: Register, isPacket: Bool
    ) -> [Instruction] {
        switch argument {
        case .anything: [.move(register, 0)]
        case .context: [.move(register, .register(.r6))]
        case .map: [.loadWide(register, .map(1))]
        case .size, .sizeOrZero, .recordSize: [.move(register, 8)]
        case .mapKey, .mapValue, .writableMapValue, .readableMemory, .readableMemoryOrNull, .writableMemory,
            .writableDouble:
            isPacket
                ? [.move(register, .register(.r7))] : [.move(register, .register(.r10)), .alu(.add, register, -160)]
        case .record, .spinLock, .constantString, .callback, .callbackContext: [.move(register, 0)]
        }
    }

    /// Why the kernel refuses the program; nil where it doesn't.
    func refusal(license: String = "GPL", readingPacket: Bool = false) -> KernelError? {
        var spec = program(readingPacket: readingPacket)
        spec.license = license
        do throws(KernelError) {
            _ = try KernelProgram.load(spec, maps: map.map { [1: $0] } ?? [:])
            return nil
        } catch { return error }
    }
}
