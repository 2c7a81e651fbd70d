/// What a program is attached to: its context, helpers and return value follow from it.
///
/// Numbers are Linux's `enum bpf_prog_type`, but for ``seccomp``, which Linux has only for classic programs.
public enum ProgramType: UInt32, Hashable, Sendable, CaseIterable {
    /// A filter on a socket: returns how many bytes of the packet to keep.
    case socketFilter = 1
    /// A probe on a function: sees the registers.
    case kprobe = 2
    /// A traffic-control classifier: reads and writes the packet, returns a `TC_ACT_*` action.
    case schedCls = 3
    /// A program on an event: sees the event's record.
    case tracepoint = 5
    /// A program on a driver's receive path: reads and writes the packet, returns an `XDP_*` action.
    case xdp = 6
    /// A program on an event: sees the event's arguments as they are.
    case rawTracepoint = 17
    /// A filter on system calls: returns a `SECCOMP_RET_*` action.
    case seccomp = 0x8000_0001

    /// The name Linux's tools print, such as `socket_filter`.
    public var name: String {
        switch self {
        case .socketFilter: "socket_filter"
        case .kprobe: "kprobe"
        case .schedCls: "sched_cls"
        case .tracepoint: "tracepoint"
        case .xdp: "xdp"
        case .rawTracepoint: "raw_tracepoint"
        case .seccomp: "seccomp"
        }
    }

    /// The type with a name that Linux's tools print.
    public init?(name: String) {
        guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = type
    }

    /// Whether programs of the type run on packets.
    public var seesPackets: Bool {
        switch self {
        case .socketFilter, .schedCls, .xdp: true
        case .kprobe, .tracepoint, .rawTracepoint, .seccomp: false
        }
    }
}
