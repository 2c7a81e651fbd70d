public import PacketBuffers

/// One interface packets were captured on: a pcapng interface description, or the header of a pcap file.
public struct CaptureInterface: Hashable, Sendable {
    /// The link type of its packets.
    public var linkType: LinkType
    /// The length packets were cut at, as the file says; 0 stands for no limit.
    public var snapLength: UInt32
    /// The unit its packets' times are counted in.
    public var resolution: TimeResolution
    /// The seconds to add to its packets' times; 0 in pcap files.
    public var secondsToAdd: Int64 = 0
    /// The section it belongs to, counted from 0.
    public var section: Int = 0
    /// Its name, such as `eth0`.
    public var name: String?
    /// What it is, in words.
    public var detail: String?
    /// The filter used when capturing, as text.
    public var filter: String?
    /// The operating system of the capturing host.
    public var operatingSystem: String?

    /// Makes an interface with what every one has; the rest can be set afterwards.
    public init(linkType: LinkType, snapLength: UInt32 = 0, resolution: TimeResolution = .microseconds) {
        self.linkType = linkType
        self.snapLength = snapLength
        self.resolution = resolution
    }
}

/// One section of a pcapng file; a pcap file is one section.
public struct CaptureSection: Hashable, Sendable {
    /// The byte order of the section's numbers.
    public var byteOrder: ByteOrder
    /// The major version of the format.
    public var majorVersion: UInt16
    /// The minor version of the format.
    public var minorVersion: UInt16
    /// The comment, where there is one.
    public var comment: String?
    /// The hardware the capture was made on.
    public var hardware: String?
    /// The operating system the capture was made on.
    public var operatingSystem: String?
    /// The program that wrote the section.
    public var application: String?

    init(byteOrder: ByteOrder, majorVersion: UInt16, minorVersion: UInt16) {
        self.byteOrder = byteOrder
        self.majorVersion = majorVersion
        self.minorVersion = minorVersion
    }
}
