/// What time `bpf_ktime_get_ns` tells.
public enum Clock: Hashable, Sendable {
    /// The time stamp of the packet, so that runs over a capture file repeat exactly.
    case packet
    /// Always the same time, in nanoseconds.
    case fixed(UInt64)
    /// The system's monotonic clock.
    case monotonic
}
