import BPFModel
import Glibc

// The helpers that tell something, or compute it.
extension HelperFunctions {
    static let values: [HelperImplementation] = unsafe [
        HelperImplementation(.monotonicTime) { _, _, _, _, _, state in unsafe time(machine(state)) },
        HelperImplementation(.randomNumber) { _, _, _, _, _, state in unsafe randomNumber(machine(state)) },
        HelperImplementation(.processorID) { _, _, _, _, _, state in unsafe UInt64(machine(state).pointee.workerID) },
    ]

    private static func time(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64 {
        if unsafe machine.pointee.clockIsPacket { return unsafe machine.pointee.context.timestamp }
        if unsafe machine.pointee.clockIsMonotonic { return monotonicTime() }
        return unsafe machine.pointee.fixedTime
    }

    private static func monotonicTime() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// SplitMix64, of which the upper half is used.
    private static func randomNumber(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64 {
        unsafe machine.pointee.random &+= 0x9e37_79b9_7f4a_7c15
        var word = unsafe machine.pointee.random
        word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
        return (word ^ (word &>> 31)) &>> 32
    }
}
