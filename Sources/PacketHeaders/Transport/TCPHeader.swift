/// The fixed part of a TCP header, RFC 9293 §3.1.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |          source port          |       destination port        |
///     |                        sequence number                        |
///     |                    acknowledgement number                     |
///     |length | rsrvd |     flags     |            window             |
///     |           checksum            |        urgent pointer         |
public struct TCPHeader: Hashable, Sendable {
    /// The sender's port.
    public var sourcePort: UInt16
    /// The receiver's port.
    public var destinationPort: UInt16
    /// The number of the segment's first byte.
    public var sequence: UInt32
    /// The number of the byte expected next from the other side; valid with the ACK flag.
    public var acknowledgement: UInt32
    /// The header's length in bytes as it claims it, options included; 0 through 60, below 20 if damaged.
    public var headerLength: Int
    /// The flags.
    public var flags: TCPFlags
    /// How many bytes the sender is ready to receive, before scaling.
    public var window: UInt16
    /// Where urgent data ends, counted from the sequence number; valid with the URG flag.
    public var urgent: UInt16

    /// Reads the header at an offset of a packet; nil where fewer than 20 bytes of it are captured.
    public init?(_ bytes: Span<UInt8>, at offset: Int) {
        guard let ports = bytes.word(at: offset), let sequence = bytes.word(at: offset &+ 4),
            let acknowledgement = bytes.word(at: offset &+ 8), let control = bytes.word(at: offset &+ 12),
            let tail = bytes.word(at: offset &+ 16)
        else { return nil }
        sourcePort = UInt16(truncatingIfNeeded: ports >> 16)
        destinationPort = UInt16(truncatingIfNeeded: ports)
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        headerLength = Int(control >> 28) &* 4
        flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: control >> 16))
        window = UInt16(truncatingIfNeeded: control)
        urgent = UInt16(truncatingIfNeeded: tail)
    }
}

/// The flags of a TCP header, or of all segments of a flow together.
public struct TCPFlags: OptionSet, Hashable, Sendable {
    /// The flags as the header's byte has them.
    public var rawValue: UInt8

    /// Wraps a header's byte.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No more data from the sender.
    public static let finish = TCPFlags(rawValue: 0x01)
    /// The sender opens the connection.
    public static let synchronize = TCPFlags(rawValue: 0x02)
    /// The connection is torn down.
    public static let reset = TCPFlags(rawValue: 0x04)
    /// Data is to be handed on at once.
    public static let push = TCPFlags(rawValue: 0x08)
    /// The acknowledgement number is valid.
    public static let acknowledge = TCPFlags(rawValue: 0x10)
    /// The urgent pointer is valid.
    public static let urgent = TCPFlags(rawValue: 0x20)
    /// Congestion was met on the way.
    public static let congestionEcho = TCPFlags(rawValue: 0x40)
    /// The congestion window was made smaller.
    public static let windowReduced = TCPFlags(rawValue: 0x80)
}

extension TCPFlags: CustomStringConvertible {
    /// One letter a flag, in the order tcpdump prints them, with a dot for the acknowledgement; `none` for none.
    public var description: String {
        var text = Text()
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the flags' letters to UTF-8 text.
    public func write(to text: inout [UInt8]) {
        if isEmpty { return text.append("none") }
        for bit in 0..<8 where rawValue >> bit & 1 != 0 { text.append(Self.letters[bit]) }
    }

    /// A letter for each bit, the lowest first.
    private static let letters = Array("FSRP.UEW".utf8)
}
