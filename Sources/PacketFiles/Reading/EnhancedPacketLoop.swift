import PacketBuffers

/// What reading a packet needs of its interface.
struct InterfaceRules {
    let clock: Clock
    /// The most bytes a packet may have.
    let cut: UInt32
    let linkType: LinkType

    init(_ interface: CaptureInterface) {
        clock = Clock(interface.resolution, secondsToAdd: interface.secondsToAdd)
        cut = SnapLength.effective(interface.snapLength, interface.linkType)
        linkType = interface.linkType
    }
}

/// The loop over enhanced packet blocks, which nearly every pcapng file consists of.
///
/// It takes what is in order and stops at anything else; saying what is wrong is left to the careful way.
///
///     | 0: type | 4: length | 8: interface | 12, 16: time | 20: captured length | 24: original length | 28: packet |
struct EnhancedPacketLoop {
    /// Records are appended in portions, so that their memory is bounded by the packets there are.
    static let portion = 4096

    private let order: ByteOrder
    private let firstInterface: Int
    private let longestBlock: Int
    private var number: UInt32 = 0
    private var rules: InterfaceRules

    init(_ order: ByteOrder, _ rules: InterfaceRules, _ firstInterface: Int, _ longestBlock: Int) {
        self.order = order
        self.rules = rules
        self.firstInterface = firstInterface
        self.longestBlock = longestBlock
    }

    /// Walks until the portion is full, or the block at `position` is none to take; true for the latter.
    @inline(__always)
    mutating func walk(
        _ bytes: Span<UInt8>, _ position: inout Int, _ all: [InterfaceRules],
        into portion: inout OutputSpan<PacketRecord>
    ) -> Bool {
        while !portion.isFull {
            guard bytes.count &- position >= 32 else { return true }
            let head = bytes.extracting(position..<(position &+ 32))
            let length = Int(head.word(at: 4, order))
            guard head.word(at: 0, order) == BlockType.enhancedPacket.rawValue,
                length >= 32, length & 3 == 0, length <= longestBlock, length <= bytes.count &- position,
                bytes.word(at: position &+ length &- 4, order) == UInt32(truncatingIfNeeded: length),
                select(head.word(at: 8, order), of: all)
            else { return true }
            let captured = head.word(at: 20, order)
            guard captured <= rules.cut, Int(captured) <= length &- 32 else { return true }
            let ticks = UInt64(head.word(at: 12, order)) &<< 32 | UInt64(head.word(at: 16, order))
            portion.append(
                PacketRecord(
                    dataOffset: position &+ 28, recordOffset: position, recordLength: length,
                    nanoseconds: rules.clock.nanoseconds(ticks), capturedLength: captured,
                    originalLength: head.word(at: 24, order),
                    interface: UInt32(truncatingIfNeeded: firstInterface) &+ number, linkType: rules.linkType))
            position &+= length
        }
        return false
    }

    /// Makes the rules those of an interface of the section; false where there is none of that number.
    @inline(__always)
    private mutating func select(_ wanted: UInt32, of all: [InterfaceRules]) -> Bool {
        if wanted == number { return true }
        guard Int(wanted) < all.count &- firstInterface else { return false }
        number = wanted
        rules = all[firstInterface &+ Int(wanted)]
        return true
    }
}
