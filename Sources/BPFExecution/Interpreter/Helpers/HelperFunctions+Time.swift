import BPFModel
import Glibc

// The helpers that tell the time.
extension HelperFunctions {
    static let times: [HelperImplementation] = unsafe [
        HelperImplementation(.monotonicTime) { _, _, _, _, _, state in
            unsafe time(machine(state)) ?? system(CLOCK_MONOTONIC)
        },
        HelperImplementation(.bootTime) { _, _, _, _, _, state in
            unsafe time(machine(state)) ?? system(CLOCK_BOOTTIME)
        },
        HelperImplementation(.coarseTime) { _, _, _, _, _, state in
            unsafe time(machine(state)).map(VirtualClock.coarse) ?? system(CLOCK_MONOTONIC_COARSE)
        },
        HelperImplementation(.atomicTime) { _, _, _, _, _, state in
            unsafe time(machine(state)).map(VirtualClock.atomic) ?? system(CLOCK_TAI)
        },
        HelperImplementation(.jiffies) { _, _, _, _, _, state in
            VirtualClock.ticks(unsafe time(machine(state)) ?? system(CLOCK_MONOTONIC))
        },
    ]

    /// The virtual time in nanoseconds; nil where the system's clocks are asked.
    private static func time(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64? {
        if unsafe machine.pointee.clockIsPacket { return unsafe machine.pointee.context.timestamp }
        if unsafe machine.pointee.clockIsMonotonic { return nil }
        return unsafe machine.pointee.fixedTime
    }

    private static func system(_ clock: Int32) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }
}
