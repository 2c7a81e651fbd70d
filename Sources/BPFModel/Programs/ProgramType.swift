/// What a program is attached to: its context, helpers and return value follow from it.
///
/// Numbers are Linux's `enum bpf_prog_type`.
public enum ProgramType: UInt32, Hashable, Sendable, CaseIterable {
    /// A filter on a socket: returns how many bytes of the packet to keep.
    case socketFilter = 1
    /// A traffic-control classifier: reads and writes the packet, returns a `TC_ACT_*` action.
    case schedCls = 3
    /// A program on a driver's receive path: reads and writes the packet, returns an `XDP_*` action.
    case xdp = 6

    /// The name Linux's tools print, such as `socket_filter`.
    public var name: String {
        switch self {
        case .socketFilter: "socket_filter"
        case .schedCls: "sched_cls"
        case .xdp: "xdp"
        }
    }

    /// The type with a name that Linux's tools print.
    public init?(name: String) {
        guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = type
    }
}
