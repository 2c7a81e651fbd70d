import BPFModel

// The helpers that tell something, or compute it.
extension HelperFunctions {
    static let values = times + facts + text

    private static let facts: [HelperImplementation] = unsafe [
        HelperImplementation(.randomNumber) { _, _, _, _, _, state in unsafe randomNumber(machine(state)) },
        HelperImplementation(.processorID) { _, _, _, _, _, state in unsafe UInt64(machine(state).pointee.workerID) },
        HelperImplementation(.numaNode) { _, _, _, _, _, state in unsafe UInt64(machine(state).pointee.numaNode) },
        HelperImplementation(.probeRead) { to, size, from, _, _, _ in
            probeRead(to, size.word, isUser(from) || isKernel(from))
        },
        HelperImplementation(.probeReadKernel) { to, size, from, _, _, _ in
            probeRead(to, size.word, isKernel(from))
        },
    ]

    /// SplitMix64, of which the upper half is used.
    private static func randomNumber(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64 {
        unsafe machine.pointee.random &+= 0x9e37_79b9_7f4a_7c15
        var word = unsafe machine.pointee.random
        word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
        return (word ^ (word &>> 31)) &>> 32
    }

    // MARK: The memory of the system

    /// There is no system here whose memory could be read, so that every address leads to none.
    ///
    /// No bytes can be read anywhere that could be an address.
    private static func probeRead(_ to: UInt64, _ size: UInt32, _ isAddress: Bool) -> UInt64 {
        if isAddress, size == 0 { return 0 }
        PacketEditor.zero(to, UInt64(size))
        return (isAddress ? Errno.fault : .range).helperResult
    }

    /// Whether an address may be one of x86-64's processes, and whether of its kernel, with 48 bits of address.
    private static func isUser(_ address: UInt64) -> Bool { address < 0x7fff_ffff_f000 }
    private static func isKernel(_ address: UInt64) -> Bool { address >= 0xffff_8000_0000_0000 }
}
