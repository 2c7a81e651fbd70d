/// An ARP or Reverse ARP message for Ethernet and IPv4, RFC 826.
public struct ARPMessage: Hashable, Sendable {
    /// What is asked or told: 1 request, 2 reply, 3 reverse request, 4 reverse reply, 8 and 9 inverse.
    public var operation: UInt16
    /// The hardware address of who sends the message.
    public var senderHardware: MACAddress
    /// The protocol address of who sends the message.
    public var sender: IPv4Address
    /// The hardware address asked for or told to; 0 in requests.
    public var targetHardware: MACAddress
    /// The protocol address asked for or told to.
    public var target: IPv4Address

    /// The message's length in bytes.
    public static let length = 28

    /// Reads the message at an offset of a packet; nil where it is cut short or for other kinds of addresses.
    public init?(_ bytes: Span<UInt8>, at offset: Int) {
        guard bytes.has(Self.length, at: offset), bytes.word(at: offset &+ 2) == 0x0800_0604,
            let operation = bytes.half(at: offset &+ 6),
            let senderHardware = MACAddress(bytes, at: offset &+ 8), let sender = bytes.word(at: offset &+ 14),
            let targetHardware = MACAddress(bytes, at: offset &+ 18), let target = bytes.word(at: offset &+ 24)
        else { return nil }
        self.operation = operation
        self.senderHardware = senderHardware
        self.sender = IPv4Address(rawValue: sender)
        self.targetHardware = targetHardware
        self.target = IPv4Address(rawValue: target)
    }
}
