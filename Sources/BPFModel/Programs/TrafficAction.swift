/// What a classifier decides on a packet.
///
/// Numbers and names are Linux's `TC_ACT_*`.
public enum TrafficAction: Int32, Hashable, Sendable, CaseIterable {
    /// Whatever the host does by default.
    case unspecified = -1
    /// The packet goes on.
    case pass = 0
    /// Classification starts again.
    case reclassify = 1
    /// The packet is dropped.
    case shot = 2
    /// The next action decides.
    case pipe = 3
    /// The packet was taken over.
    case stolen = 4
    /// The packet waits.
    case queued = 5
    /// The action is repeated.
    case again = 6
    /// The packet goes where a redirect helper was told.
    case redirect = 7
    /// The packet goes to the processor, from a network card that ran the program.
    case trap = 8

    /// The action of a program's result, of which 32 bits count; nil where no action has the number.
    public init?(result: UInt64) { self.init(rawValue: Int32(truncatingIfNeeded: result)) }

    /// The name, such as `TC_ACT_OK`.
    public var name: String {
        switch self {
        case .unspecified: "TC_ACT_UNSPEC"
        case .pass: "TC_ACT_OK"
        case .reclassify: "TC_ACT_RECLASSIFY"
        case .shot: "TC_ACT_SHOT"
        case .pipe: "TC_ACT_PIPE"
        case .stolen: "TC_ACT_STOLEN"
        case .queued: "TC_ACT_QUEUED"
        case .again: "TC_ACT_REPEAT"
        case .redirect: "TC_ACT_REDIRECT"
        case .trap: "TC_ACT_TRAP"
        }
    }

    /// Whether the packet goes on, changed or not, to where it was going or elsewhere.
    ///
    /// A classifier's actions that only stand behind one count as none, as in Linux, where the packet goes on.
    public var keepsPacket: Bool {
        switch self {
        case .unspecified, .pass, .reclassify, .pipe, .queued, .again, .redirect: true
        case .shot, .stolen, .trap: false
        }
    }
}
