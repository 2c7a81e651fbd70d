// What the results of programs on packets mean.
extension ProgramType {
    /// The name of the action that a result stands for, such as `XDP_PASS`; nil where numbers have no names.
    public func actionName(of result: UInt64) -> String? {
        switch self {
        case .schedCls: TrafficAction(result: result)?.name
        case .xdp: XDPAction(result: result)?.name
        case .socketFilter, .kprobe, .tracepoint, .rawTracepoint, .seccomp: nil
        }
    }

    /// Whether a packet goes on for which a program gave a result: nothing of it is left where a filter returns 0.
    ///
    /// Numbers that are no actions leave a packet to what comes after a classifier, but an XDP program that returns
    /// one has failed.
    public func keepsPacket(_ result: UInt64) -> Bool {
        switch self {
        case .schedCls: TrafficAction(result: result)?.keepsPacket ?? true
        case .xdp: XDPAction(result: result)?.keepsPacket ?? false
        case .socketFilter: result & 0xffff_ffff != 0
        case .kprobe, .tracepoint, .rawTracepoint, .seccomp: true
        }
    }
}
