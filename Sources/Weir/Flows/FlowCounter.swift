import BPFExecution
import BPFMaps
import BPFModel
public import PacketBuffers

/// Counts packets by flow: a verified flow program for each link type, all of them over the same maps.
///
///     var counter = FlowCounter(by: .fiveTuple, twoWay: true)
///     while try capture.read(into: &batch) { try counter.count(&batch, capture.verdicts) }
///     let table = try counter.table()
public struct FlowCounter {
    /// What is counted together.
    public let grouping: FlowGrouping
    /// Whether both directions of a flow share one entry.
    public let isTwoWay: Bool
    /// How many flows each map has room for.
    public let capacity: Int

    private let worker = Worker()
    private var programs: [LinkType: Executable] = [:]
    private var first: FlowProgram?
    private var maps: [Int32: Map] = [:]
    private var results: [UInt32] = []

    /// Makes a counter that has counted nothing.
    ///
    /// - Parameters:
    ///   - grouping: what is counted together.
    ///   - twoWay: whether both directions of a flow share one entry; ignored where rows have no direction.
    ///   - capacity: how many flows each map has room for; memory is taken as they come.
    public init(by grouping: FlowGrouping = .fiveTuple, twoWay: Bool = false, capacity: Int = 1 << 20) {
        self.grouping = grouping
        isTwoWay = twoWay && grouping.hasDirections
        self.capacity = capacity
    }

    /// Counts the packets of a batch.
    ///
    /// - Parameters:
    ///   - batch: the packets; afterwards its records are only those that were counted.
    ///   - verdicts: for each packet 0 to leave it out; packets without a verdict are left out too.
    /// - Throws: ``FlowError`` where the maps or a program can't be made.
    public mutating func count(_ batch: inout PacketBatch, _ verdicts: [UInt32]) throws(FlowError) {
        if verdicts.count < batch.records.count || verdicts.contains(0) {
            var kept: [PacketRecord] = []
            kept.reserveCapacity(batch.records.count)
            for (record, verdict) in zip(batch.records, verdicts) where verdict != 0 { kept.append(record) }
            batch.records = kept
        }
        guard let linkType = batch.records.first?.linkType else { return }
        if batch.records.allSatisfy({ $0.linkType == linkType }) {
            return try program(for: linkType).run(batch: &batch, results: &results, worker: worker)
        }
        let all = batch.records
        for linkType in Set(all.map(\.linkType)) {
            batch.records = all.filter { $0.linkType == linkType }
            try program(for: linkType).run(batch: &batch, results: &results, worker: worker)
        }
        batch.records = all
    }

    /// What was counted so far.
    ///
    /// - Throws: ``FlowError`` where a map can't be read.
    public func table() throws(FlowError) -> FlowTable {
        do {
            let program = try first ?? FlowProgram(linkType: .ethernet, by: grouping, twoWay: isTwoWay)
            return try FlowTable(of: program, maps: maps)
        } catch {
            throw FlowError("the flows can't be read: \(error)")
        }
    }

    /// The program for a link type: made when the first packet of it comes.
    private mutating func program(for linkType: LinkType) throws(FlowError) -> Executable {
        if let ready = programs[linkType] { return ready }
        do {
            let program = try FlowProgram(linkType: linkType, by: grouping, twoWay: isTwoWay, capacity: capacity)
            let executable = try Executable.load(program.spec, maps: maps)
            if first == nil { first = program }
            maps.merge(executable.maps) { live, _ in live }
            programs[linkType] = executable
            return executable
        } catch {
            throw FlowError("flows of link type \(linkType) can't be counted: \(error)")
        }
    }
}

/// Why flows can't be counted: the table is too large for the system, mostly.
public struct FlowError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, and why.
    public let description: String

    init(_ description: String) { self.description = description }
}
