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
            instructions: instructions(of: spec.code.slots, maps: maps), license: spec.license, name: spec.name,
            flags: flags, functions: functions, logLevel: logLevel)
    }

    /// The slots of a program, with descriptors where 64-bit immediate loads name maps; a map that isn't there becomes
    /// descriptor -1.
    public static func instructions(of slots: [RawInstruction], maps: [Int32: KernelMap]) -> [RawInstruction] {
        var slots = slots
        var index = 0
        while index < slots.count {
            let isWide = slots[index].opcode == 0x18
            // BPF_PSEUDO_MAP_FD and BPF_PSEUDO_MAP_VALUE.
            if isWide, [1, 2].contains(slots[index].source) {
                slots[index].immediate = maps[slots[index].immediate]?.descriptor.number ?? -1
            }
            index += isWide ? 2 : 1
        }
        return slots
    }
}

extension RawInstruction {
    /// The instruction `r0 = 0`.
    static let zeroResult = RawInstruction(opcode: 0xb7, destination: 0, source: 0, offset: 0, immediate: 0)
    /// The instruction `exit`.
    static let exit = RawInstruction(opcode: 0x95, destination: 0, source: 0, offset: 0, immediate: 0)
}
