public import BPFExecution
public import PacketCapture

/// Which packets of a capture to keep: made ready for a link type by ``LinkFilter``.
///
///     let web: PacketFilter = "tcp port 80"
public struct PacketFilter: Sendable {
    enum Rule: Sendable {
        case everything
        case expression(FilterExpression, netmask: UInt32?, optimizes: Bool, FilterEngine)
        case program(Executable)
    }

    let rule: Rule

    /// Keeps every packet, without looking at it.
    public static let everything = PacketFilter(rule: .everything)

    private init(rule: Rule) { self.rule = rule }

    /// Keeps the packets that tcpdump would keep for the same expression.
    ///
    /// - Parameters:
    ///   - expression: in the language of pcap-filter(7); judged when the filter meets the first link type.
    ///   - netmask: the IPv4 mask of the captured network, as a number, which only `ip broadcast` needs.
    ///   - optimizes: whether libpcap optimizes the program.
    ///   - engine: what is to run the program; the classic evaluator takes those that are not proved safe.
    public init(
        _ expression: FilterExpression, netmask: UInt32? = nil, optimizes: Bool = true,
        engine: FilterEngine = .interpreter
    ) {
        rule = .expression(expression, netmask: netmask, optimizes: optimizes, engine)
    }

    /// Keeps the packets a program returns something other than 0 for, cut to the bytes it returns; of a classifier
    /// or an XDP program, those that its action lets go on.
    ///
    /// - Parameter program: takes its packets as they are, whatever their link type. What it makes of them is not kept.
    public init(_ program: Executable) {
        rule = .program(program)
    }
}

extension PacketFilter: ExpressibleByStringLiteral {
    /// Keeps what the expression matches.
    public init(stringLiteral text: String) { self.init(FilterExpression(text)) }
}
