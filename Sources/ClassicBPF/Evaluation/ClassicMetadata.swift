/// What is known of a packet beside its bytes, for a classic program to ask about.
///
/// The defaults describe a frame read from a capture file: an Ethernet header at its start, an unknown interface, no VLAN tag
/// kept aside.
public struct ClassicMetadata: Hashable, Sendable {
    /// The interface a packet came by.
    public struct Interface: Hashable, Sendable {
        /// The interface's number.
        public var index: UInt32
        /// The interface's hardware type (`ARPHRD_*`); 1 is Ethernet.
        public var hardwareType: UInt16

        /// An interface of this number and hardware type.
        public init(index: UInt32, hardwareType: UInt16) {
            self.index = index
            self.hardwareType = hardwareType
        }
    }

    /// A VLAN tag that the receiver has taken off the packet, or the knowledge that there was none.
    public struct VLANTag: Hashable, Sendable {
        /// The tag's 16 bits: priority, drop eligibility and VLAN number.
        public var control: UInt16
        /// Whether there was a tag.
        public var isPresent: Bool
        /// The tag's EtherType, in host byte order.
        public var etherType: UInt16

        /// A tag with these fields.
        public init(control: UInt16, isPresent: Bool = true, etherType: UInt16 = 0x8100) {
            self.control = control
            self.isPresent = isPresent
            self.etherType = etherType
        }
    }

    /// The packet's length on the wire, where that is more than its bytes; nil where it is the number of bytes.
    public var wireLength: UInt32?
    /// How many of the bytes lie in one piece (Linux's linear part); nil for all.
    ///
    /// Loads relative to a header see only these.
    public var linearLength: Int?
    /// Where the network header starts; nil where there is none.
    public var networkOffset: Int? = 14
    /// Where the link header starts; nil where there is none.
    public var linkOffset: Int? = 0
    /// ``AncillaryField/linkProtocol``.
    public var linkProtocol: UInt16 = 0
    /// ``AncillaryField/packetType``, 0 through 7.
    public var packetType: UInt8 = 0
    /// The interface; where nil, asking for it ends a Linux program with what is in A.
    public var interface: Interface?
    /// ``AncillaryField/mark``.
    public var mark: UInt32 = 0
    /// ``AncillaryField/queue``.
    public var queue: UInt16 = 0
    /// ``AncillaryField/receiveHash``.
    public var receiveHash: UInt32 = 0
    /// ``AncillaryField/processor``.
    public var processor: UInt32 = 0
    /// The VLAN tag; where nil, asking for it ends a libpcap program with 0 and tells a Linux program of no tag.
    public var vlanTag: VLANTag?
    /// ``AncillaryField/payloadOffset``; nil to find it from the network header on.
    public var payloadOffset: UInt32?
    /// ``AncillaryField/random``: the number every load gets.
    public var random: UInt32 = 0

    /// The defaults.
    public init() {}
}
