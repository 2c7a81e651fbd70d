/// What a program on a driver's receive path decides on a packet.
///
/// Numbers and names are Linux's `XDP_*`.
public enum XDPAction: UInt32, Hashable, Sendable, CaseIterable {
    /// The program failed: the packet is dropped.
    case aborted = 0
    /// The packet is dropped.
    case drop = 1
    /// The packet goes on.
    case pass = 2
    /// The packet goes back out of the interface it came from.
    case transmit = 3
    /// The packet goes where a redirect helper was told.
    case redirect = 4

    /// The action of a program's result, of which 32 bits count; nil where no action has the number.
    public init?(result: UInt64) { self.init(rawValue: UInt32(truncatingIfNeeded: result)) }

    /// The name, such as `XDP_PASS`.
    public var name: String {
        switch self {
        case .aborted: "XDP_ABORTED"
        case .drop: "XDP_DROP"
        case .pass: "XDP_PASS"
        case .transmit: "XDP_TX"
        case .redirect: "XDP_REDIRECT"
        }
    }

    /// Whether the packet goes on, changed or not, to where it was going or elsewhere.
    public var keepsPacket: Bool {
        switch self {
        case .pass, .transmit, .redirect: true
        case .aborted, .drop: false
        }
    }
}
