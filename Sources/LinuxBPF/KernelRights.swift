internal import CWeir

/// Rights of the calling thread that decide what bpf(2) allows.
///
/// Numbers are Linux's `CAP_*`.
public struct KernelRights: OptionSet, Hashable, Sendable {
    /// The rights, as bits.
    public var rawValue: UInt64

    /// Wraps bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// All of administration, the three others among it.
    public static let administration = KernelRights(rawValue: 1 << 21)
    /// To see addresses, and to trace.
    public static let performanceMonitoring = KernelRights(rawValue: 1 << 38)
    /// To make maps and load programs of most kinds, with loops and functions.
    public static let bpf = KernelRights(rawValue: 1 << 39)

    /// The rights of this thread.
    public static var current: KernelRights { KernelRights(rawValue: weir_effective_capabilities()) }

    /// Lays the rights down while `body` runs, on this thread alone.
    ///
    /// - Returns: what `body` gives; nil where the rights can't be laid down.
    public func laidDown<Result>(while body: () -> Result) -> Result? {
        let before = Self.current
        guard weir_set_effective_capabilities(before.subtracting(self).rawValue) != 0 else { return nil }
        defer { _ = weir_set_effective_capabilities(before.rawValue) }
        return body()
    }
}
