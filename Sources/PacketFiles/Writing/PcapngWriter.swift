public import ByteStreams
public import PacketBuffers

/// Writes a pcapng file of one section: a section header, then interfaces, packets and statistics as they come.
///
/// The sink is the caller's to finish.
public final class PcapngWriter {
    /// The interfaces described so far.
    public private(set) var interfaces: [CaptureInterface] = []
    private let sink: any ByteSink
    private let order: ByteOrder

    /// Writes the section header.
    ///
    /// - Parameters:
    ///   - sink: where the file goes.
    ///   - byteOrder: the order of the numbers.
    ///   - application: the program that writes.
    public init(
        to sink: any ByteSink, byteOrder: ByteOrder = .little, application: String? = nil
    ) throws(StreamError) {
        self.sink = sink
        order = byteOrder
        var block = BlockBuilder(.sectionHeader, byteOrder)
        block.append(SectionHeader.byteOrderMagic)
        block.append(UInt16(1))
        block.append(UInt16(0))
        block.append(UInt64.max)
        block.append(options: [application.map { (4, Array($0.utf8)) }])
        try sink.write(block.finished())
    }

    /// Describes an interface; packets can name it from now on.
    ///
    /// - Returns: its number.
    @discardableResult
    public func add(_ interface: CaptureInterface) throws(StreamError) -> UInt32 {
        var block = BlockBuilder(.interfaceDescription, order)
        block.append(interface.linkType.rawValue)
        block.append(UInt16(0))
        block.append(interface.snapLength)
        block.append(options: InterfaceDescription.options(interface, order))
        try sink.write(block.finished())
        interfaces.append(interface)
        return UInt32(truncatingIfNeeded: interfaces.count - 1)
    }

    /// Writes a packet of a batch as an enhanced packet block.
    ///
    /// - Parameters:
    ///   - record: the packet; its interface must have been added, otherwise nothing is written.
    ///   - storage: the storage its bytes lie in.
    ///   - keep: the most bytes to write of it; never more than its interface's snap length.
    ///   - comment: a comment to go with it.
    public func write(
        _ record: PacketRecord, in storage: [UInt8], keeping keep: UInt32 = .max, comment: String? = nil
    ) throws(StreamError) {
        guard Int(record.interface) < interfaces.count else { return }
        let interface = interfaces[Int(record.interface)]
        let kept = min(record.capturedLength, keep, SnapLength.effective(interface.snapLength, interface.linkType))
        let ticks = Clock(interface.resolution, secondsToAdd: interface.secondsToAdd).ticks(record.nanoseconds)
        var block = BlockBuilder(.enhancedPacket, order)
        block.append(record.interface)
        block.append(UInt32(truncatingIfNeeded: ticks >> 32))
        block.append(UInt32(truncatingIfNeeded: ticks))
        block.append(kept)
        block.append(record.originalLength)
        block.append(bytes: storage[record.dataOffset..<(record.dataOffset + Int(kept))])
        block.append(options: [comment.map { (OptionCursor.comment, Array($0.utf8)) }])
        try sink.write(block.finished())
    }

    /// Writes what an interface saw and lost while capturing.
    ///
    /// - Parameters:
    ///   - statistics: the counts.
    ///   - interface: the interface's number; where there is none of it, nothing is written.
    public func write(_ statistics: InterfaceStatistics, of interface: UInt32) throws(StreamError) {
        guard Int(interface) < interfaces.count else { return }
        let described = interfaces[Int(interface)]
        let ticks = Clock(described.resolution, secondsToAdd: described.secondsToAdd).ticks(statistics.nanoseconds)
        var block = BlockBuilder(.interfaceStatistics, order)
        block.append(interface)
        block.append(UInt32(truncatingIfNeeded: ticks >> 32))
        block.append(UInt32(truncatingIfNeeded: ticks))
        block.append(options: statistics.options(order))
        try sink.write(block.finished())
    }
}

/// What an interface saw and lost while capturing; nil where nobody counted.
public struct InterfaceStatistics: Hashable, Sendable {
    /// When the counts were taken, in nanoseconds since 1970-01-01 UTC.
    public var nanoseconds: UInt64
    /// The packets the interface received.
    public var received: UInt64?
    /// The packets the interface dropped.
    public var droppedByInterface: UInt64?
    /// The packets the filter accepted.
    public var accepted: UInt64?
    /// The packets the operating system dropped.
    public var droppedBySystem: UInt64?
    /// The packets the capturing program got.
    public var delivered: UInt64?

    /// Makes statistics without counts.
    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// The options of an interface statistics block (isb_ifrecv and following).
    func options(_ order: ByteOrder) -> [OptionWriting?] {
        let counts = [received, droppedByInterface, accepted, droppedBySystem, delivered]
        return zip(UInt16(4)..., counts).map { code, count in
            count.map { (code, [UInt8](number: $0, order)) }
        }
    }
}
