/// A UDP header, RFC 768.
public struct UDPHeader: Hashable, Sendable {
    /// The sender's port.
    public var sourcePort: UInt16
    /// The receiver's port.
    public var destinationPort: UInt16
    /// The length of header and data in bytes as the header claims it; 0 in jumbograms.
    public var length: UInt16

    /// The header's length in bytes.
    public static let headerLength = 8

    /// Reads the header at an offset of a packet; nil where fewer than eight bytes of it are captured.
    public init?(_ bytes: Span<UInt8>, at offset: Int) {
        guard let ports = bytes.word(at: offset), let tail = bytes.word(at: offset &+ 4) else { return nil }
        sourcePort = UInt16(truncatingIfNeeded: ports >> 16)
        destinationPort = UInt16(truncatingIfNeeded: ports)
        length = UInt16(truncatingIfNeeded: tail >> 16)
    }
}
