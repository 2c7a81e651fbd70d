/// The extension headers of an IPv6 datagram, walked to what the datagram carries.
///
/// Walked over are hop-by-hop options, routing, fragment and destination options. The authentication header and
/// ESP are not: they count as what the datagram carries, and so does an extension header that is cut short.
public struct IPv6Extensions: Hashable, Sendable {
    /// What the datagram carries.
    public private(set) var `protocol`: IPProtocol
    /// Where the extension headers begin.
    public let start: Int
    /// Where what the datagram carries begins; it may be beyond the packet's end.
    public private(set) var end: Int
    /// The fragment header, where there is one.
    public private(set) var fragment: IPv6Fragment?

    /// Walks the extension headers.
    ///
    /// - Parameters:
    ///   - bytes: the captured bytes of the whole packet.
    ///   - offset: where the fixed header ends.
    ///   - first: the fixed header's next-header field.
    public init(_ bytes: Span<UInt8>, at offset: Int, first: IPProtocol) {
        `protocol` = first
        start = offset
        end = offset
        while let length = Self.length(of: `protocol`, at: end, in: bytes), let next = bytes.byte(at: end) {
            if `protocol` == .fragment { fragment = IPv6Fragment(bytes, at: end) }
            `protocol` = IPProtocol(rawValue: next)
            end &+= length
            // After a later fragment's header come bytes from the middle of the datagram.
            if let fragment, fragment.offset != 0 { break }
        }
    }

    /// The length of an extension header that is walked over, of which at least eight bytes are captured.
    static func length(of kind: IPProtocol, at offset: Int, in bytes: Span<UInt8>) -> Int? {
        guard bytes.has(8, at: offset), let length = bytes.byte(at: offset &+ 1) else { return nil }
        return switch kind {
        case .hopByHop, .routing, .destinationOptions: (Int(length) &+ 1) &* 8
        case .fragment: 8
        default: nil
        }
    }
}

/// An IPv6 fragment header, RFC 8200 §4.5.
public struct IPv6Fragment: Hashable, Sendable {
    /// Where the fragment's data belongs in the datagram's, in bytes.
    public var offset: Int
    /// Whether more fragments of the datagram follow.
    public var moreFragments: Bool
    /// The number the fragments of a datagram share.
    public var identification: UInt32

    /// Reads the header at an offset of a packet; nil where the packet ends before it does.
    init?(_ bytes: Span<UInt8>, at start: Int) {
        guard let field = bytes.half(at: start &+ 2), let identification = bytes.word(at: start &+ 4) else {
            return nil
        }
        offset = Int(field & 0xfff8)
        moreFragments = field & 1 != 0
        self.identification = identification
    }
}
