/// What time the helpers tell.
///
/// With a packet's time stamp or a fixed time `t`, in nanoseconds, every clock follows from it: `bpf_ktime_get_ns` and
/// `bpf_ktime_get_boot_ns` tell `t`; `bpf_ktime_get_coarse_ns` the tick at or before it, of which there are 250 a
/// second; `bpf_jiffies64` the number of that tick, counted from time 0; `bpf_ktime_get_tai_ns` 37 seconds more, for
/// time stamps of packets are UTC.
public enum Clock: Hashable, Sendable {
    /// The time stamp of the packet, so that runs over a capture file repeat exactly.
    case packet
    /// Always the same time, in nanoseconds.
    case fixed(UInt64)
    /// The system's clocks; ticks are counted on its monotonic one.
    case monotonic
}

/// The clocks that follow from one time.
enum VirtualClock {
    /// Linux's usual 250 ticks a second, in nanoseconds.
    private static var tick: UInt64 { 4_000_000 }
    /// How far the international atomic time is ahead of UTC, since 2017.
    private static var atomicOffset: UInt64 { 37_000_000_000 }

    static func coarse(_ time: UInt64) -> UInt64 { time &- time % tick }
    static func ticks(_ time: UInt64) -> UInt64 { time / tick }
    static func atomic(_ time: UInt64) -> UInt64 { time &+ atomicOffset }
}
