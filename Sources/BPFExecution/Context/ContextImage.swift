import BPFModel

/// A context as the engines hold it: the fields of ``ContextLayout``, with packet addresses in full.
///
/// Programs see Linux's structure; loads and stores of it are rewritten to this one when a program is lowered.
struct ContextImage {
    var data: UInt64 = 0
    var dataEnd: UInt64 = 0
    var dataMeta: UInt64 = 0
    var timestamp: UInt64 = 0
    var length: UInt32 = 0
    var packetType: UInt32 = 0
    var mark: UInt32 = 0
    var queueMapping: UInt32 = 0
    var etherProtocol: UInt32 = 0
    var vlanPresent: UInt32 = 0
    var vlanTCI: UInt32 = 0
    var vlanProtocol: UInt32 = 0
    var priority: UInt32 = 0
    var ingressInterface: UInt32 = 0
    var interface: UInt32 = 0
    var tcIndex: UInt32 = 0
    var hash: UInt32 = 0
    var tcClassID: UInt32 = 0
    var napiID: UInt32 = 0
    var wireLength: UInt32 = 0
    var gsoSegments: UInt32 = 0
    var gsoSize: UInt32 = 0
    var timestampType: UInt32 = 0
    var egressInterface: UInt32 = 0
    var receiveQueue: UInt32 = 0
    var padding: UInt32 = 0
    /// The five control words, aligned to 8 bytes.
    var control: (UInt64, UInt64, UInt32) = (0, 0, 0)
    /// Makes the image at least as long as any context programs see, so that their addresses stay apart from others.
    var tail: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
}

extension ContextImage {
    /// Where a field lies in the image, in bytes from its start.
    static func offset(of field: ContextField.ID) -> Int {
        // Every path names a stored property, which always has an offset.
        MemoryLayout<ContextImage>.offset(of: path(to: field)) ?? 0
    }

    private static func path(to field: ContextField.ID) -> PartialKeyPath<ContextImage> {
        switch field {
        case .length: \.length
        case .packetType: \.packetType
        case .mark: \.mark
        case .queueMapping: \.queueMapping
        case .etherProtocol: \.etherProtocol
        case .vlanPresent: \.vlanPresent
        case .vlanTCI: \.vlanTCI
        case .vlanProtocol: \.vlanProtocol
        case .priority: \.priority
        case .ingressInterface: \.ingressInterface
        case .interface: \.interface
        case .tcIndex: \.tcIndex
        case .control: \.control
        case .hash: \.hash
        case .tcClassID: \.tcClassID
        case .data: \.data
        case .dataEnd: \.dataEnd
        case .napiID: \.napiID
        case .dataMeta: \.dataMeta
        case .timestamp: \.timestamp
        case .wireLength: \.wireLength
        case .gsoSegments: \.gsoSegments
        case .gsoSize: \.gsoSize
        case .timestampType: \.timestampType
        case .egressInterface: \.egressInterface
        case .receiveQueue: \.receiveQueue
        }
    }
}

/// Where an access of a context goes in the image.
struct ContextAccess: Hashable {
    /// The offset in the image.
    let offset: Int
    /// How many bytes to load or store there.
    let size: MemorySize

    /// Rewrites an access of `size` bytes at `offset` of the structure programs see, which must lie in `field`.
    init(_ field: ContextField, offset: Int, size: MemorySize) {
        switch field.kind {
        case .scalar:
            self.offset = ContextImage.offset(of: field.id) + (offset - field.offset)
            self.size = size
        case .packet, .packetEnd, .packetMeta:
            self.offset = ContextImage.offset(of: field.id)
            self.size = .double
        }
    }
}
