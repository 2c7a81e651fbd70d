public import BPFModel

extension KernelProgram {
    /// Loads the program of a specification.
    ///
    /// - Parameters:
    ///   - spec: the program.
    ///   - maps: the kernel's maps, by the numbers that the instructions name them with.
    ///   - expectedAttachType: what it will be attached to, for kinds where that matters.
    ///   - flags: `BPF_F_*` of program load.
    ///   - functions: the types of the program's functions; needed where one is a callback.
    ///   - logLevel: how much the verifier tells.
    /// - Throws: ``KernelError`` with the verifier's log.
    public static func load(
        _ spec: ProgramSpec, maps: [Int32: KernelMap], expectedAttachType: UInt32 = 0, flags: UInt32 = 0,
        functions: KernelFunctions? = nil, logLevel: LogLevel = .statistics
    ) throws(KernelError) -> KernelProgram {
        try load(
            type: spec.type.rawValue, expectedAttachType: expectedAttachType,
            instructions: instructions(of: spec.code, maps: maps), license: spec.license, name: spec.name,
            flags: flags, functions: functions, logLevel: logLevel)
    }

    /// The slots of a program, with descriptors where it names maps; a map that isn't there becomes descriptor -1.
    public static func instructions(
        of code: InstructionSequence, maps: [Int32: KernelMap]
    ) -> [RawInstruction] {
        code.flatMap { instruction in
            var slots = instruction.slots
            guard case .loadWide(_, let immediate) = instruction else { return slots }
            switch immediate {
            case .map(let number), .mapValue(let number, _):
                slots[0].immediate = maps[number]?.descriptor.number ?? -1
            case .value, .variable, .function, .mapIndex, .mapIndexValue: break
            }
            return slots
        }
    }
}

extension RawInstruction {
    /// The instruction `r0 = 0`.
    static let zeroResult = RawInstruction(opcode: 0xb7, destination: 0, source: 0, offset: 0, immediate: 0)
    /// The instruction `exit`.
    static let exit = RawInstruction(opcode: 0x95, destination: 0, source: 0, offset: 0, immediate: 0)
}
