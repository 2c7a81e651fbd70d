import BPFExecution
import BPFModel
import PacketBuffers
import PacketCapture
import PacketFiles

/// A filter at work on the packets of one capture: ready for every kind of packet that was met.
struct PacketSelector {
    private let filter: PacketFilter
    private let worker = Worker()
    private var linkFilters: [PacketKind: LinkFilter] = [:]
    /// The link types the filter cannot be used on, in the order they were described.
    private var refusals: [SelectionError] = []
    /// Those of them that packets had.
    private var refusedLinkTypes: Set<LinkType> = []

    /// How many of the capture's interfaces the filter was made ready for.
    private var preparedInterfaces = 0

    /// Makes a filter ready for the interfaces that a capture begins with.
    ///
    /// - Throws: ``SelectionError`` where it can be used on none of them, and there will be no others.
    init(_ filter: PacketFilter, for reader: CaptureReader) throws(SelectionError) {
        self.filter = filter
        prepare(for: reader)
        if case .pcap = reader.format { try check() }
    }

    /// Makes the filter ready for the interfaces that were described since.
    private mutating func prepare(for reader: CaptureReader) {
        for index in preparedInterfaces..<reader.interfaces.count {
            _ = linkFilter(for: PacketKind(linkType: reader.interfaces[index].linkType))
        }
        preparedInterfaces = reader.interfaces.count
    }

    /// Throws what the compiler said where the filter can be used on no interface met so far.
    func check() throws(SelectionError) {
        if linkFilters.isEmpty, let first = refusals.first { throw first }
    }

    /// The filter as it is used on each link type, in the order of their numbers.
    var inUse: [(linkType: LinkType, filter: LinkFilter)] {
        linkFilters.sorted { $0.key.linkType.rawValue < $1.key.linkType.rawValue }.map {
            (linkType: $0.key.linkType, filter: $0.value)
        }
    }

    /// Why packets that were met are not kept whatever they hold.
    var refusalsMet: [SelectionError] { refusals.filter { refusedLinkTypes.contains($0.linkType) } }

    /// Gets the lines that programs write with `bpf_trace_printk`.
    var trace: ((TraceLine) -> Void)? {
        get { worker.trace }
        nonmutating set { worker.trace = newValue }
    }

    /// Decides on the packets of a batch: a verdict for each.
    ///
    /// - Throws: ``SelectionError`` where the filter can be used on no interface met so far.
    mutating func decide(
        on batch: inout PacketBatch, of reader: CaptureReader, into verdicts: inout [UInt32]
    ) throws(SelectionError) {
        prepare(for: reader)
        guard let first = batch.records.first else {
            verdicts.removeAll(keepingCapacity: true)
            return
        }
        try check()
        let isUniform = batch.records.allSatisfy { $0.linkType == first.linkType }
        if isUniform, first.linkType != .null {
            decide(on: &batch, PacketKind(linkType: first.linkType), into: &verdicts)
        } else {
            decideByKind(&batch, into: &verdicts)
        }
    }

    /// How often a program gave which action, where its results are actions.
    private(set) var actions: [String: Int] = [:]

    private mutating func decide(on batch: inout PacketBatch, _ kind: PacketKind, into verdicts: inout [UInt32]) {
        if let linkFilter = linkFilter(for: kind) {
            linkFilter.decide(on: &batch, into: &verdicts, worker: worker)
            if let type = linkFilter.actions { keepByAction(&verdicts, type) }
        } else {
            refusedLinkTypes.insert(kind.linkType)
            verdicts = [UInt32](repeating: 0, count: batch.records.count)
        }
    }

    /// Counts actions, and makes of them what to keep: all or nothing.
    private mutating func keepByAction(_ verdicts: inout [UInt32], _ type: ProgramType) {
        for index in verdicts.indices {
            let result = UInt64(verdicts[index])
            actions[type.actionName(of: result) ?? "\(Int32(truncatingIfNeeded: result))", default: 0] += 1
            verdicts[index] = type.keepsPacket(result) ? .max : 0
        }
    }

    /// Decides on packets of several kinds: on those of each kind together.
    private mutating func decideByKind(_ batch: inout PacketBatch, into verdicts: inout [UInt32]) {
        let kinds = batch.records.map { PacketKind($0, in: batch.storage) }
        var decided = [UInt32](repeating: 0, count: kinds.count)
        for kind in Set(kinds) {
            let places = kinds.indices.filter { kinds[$0] == kind }
            var part = PacketBatch(capacity: 0)
            part.records = places.map { batch.records[$0] }
            swap(&part.storage, &batch.storage)
            decide(on: &part, kind, into: &verdicts)
            swap(&part.storage, &batch.storage)
            for (place, verdict) in zip(places, verdicts) { decided[place] = verdict }
            for (place, record) in zip(places, part.records) { batch.records[place] = record }
        }
        verdicts = decided
    }

    private mutating func linkFilter(for kind: PacketKind) -> LinkFilter? {
        if let ready = linkFilters[kind] { return ready }
        if refusals.contains(where: { $0.linkType == kind.linkType }) { return nil }
        do {
            let linkFilter = try LinkFilter(filter, for: kind)
            linkFilters[kind] = linkFilter
            return linkFilter
        } catch {
            refusals.append(error)
            return nil
        }
    }
}

/// What an expression is compiled for: the link type, and where it matters the byte order of the capturing host.
struct PacketKind: Hashable {
    let linkType: LinkType
    var byteOrder = ByteOrder.little

    init(linkType: LinkType) { self.linkType = linkType }

    /// The kind of a packet.
    ///
    /// Only BSD loopback headers depend on the host's byte order. They hold a small number in four bytes, so they tell
    /// themselves; libpcap goes by the order of the file, which differs where a file was converted.
    init(_ record: PacketRecord, in storage: [UInt8]) {
        self.init(linkType: record.linkType)
        guard linkType == .null, record.capturedLength >= 4 else { return }
        let family = storage[record.dataOffset..<(record.dataOffset + 4)]
        if family.starts(with: [0, 0]), family.contains(where: { $0 != 0 }) { byteOrder = .big }
    }
}
