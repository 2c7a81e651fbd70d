public import PacketBuffers
public import PacketCapture

/// Why a filter cannot be used on the packets of a link type.
public struct SelectionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The link type of the packets.
    public let linkType: LinkType
    /// What the compiler of expressions said.
    public let cause: FilterError

    /// What is wrong, for which link type, and what to do.
    public var description: String {
        "\(cause.message) (on link type \(linkType.libpcapName ?? "\(linkType.rawValue)")); \(cause.advice)"
    }
}
