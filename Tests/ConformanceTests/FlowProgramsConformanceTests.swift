import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import PacketHeaders
import TestKit
import Testing
import Weir

/// The flow programs count what ``FlowKey`` counts, packet by packet, on every engine.
@Suite struct FlowProgramsConformanceTests {
    @Test(arguments: Engine.allCases)
    func `flow programs count every capture as FlowKey does`(engine: Engine) throws {
        let agreement = Agreement("flow programs over captures", engine: engine.rawValue)
        var counter = try FlowCounter(by: .fiveTuple, twoWay: false, engine: engine)
        for truth in try FlowTruth.all() {
            guard let file = SharedData.capture(truth.file) else { continue }
            let capture = WholeCapture(file, name: truth.file)
            let table = try counter.count(capture)
            #expect(Int(table.packets) == capture.packets)
            agreement.compare(truth.file, expected: FlowCounts(capture), found: FlowCounts(table))
        }
        #expect(agreement.report() == [])
    }

    @Test(arguments: FlowGrouping.allCases, [false, true])
    func `every grouping counts what belongs together`(grouping: FlowGrouping, twoWay: Bool) throws {
        let ways = twoWay ? "two ways" : "one way"
        let agreement = Agreement("flows by \(grouping.rawValue), \(ways)", engine: "interpreter")
        var counter = try FlowCounter(by: grouping, twoWay: twoWay, engine: .interpreter)
        for truth in try FlowTruth.all() {
            guard let file = SharedData.capture(truth.file) else { continue }
            let capture = WholeCapture(file, name: truth.file)
            var expected: [FlowGroup: FlowGroup.Total] = [:]
            capture.forEachPacket { bytes, record in
                guard let (group, total) = FlowGroup.of(bytes, record, by: grouping, twoWay: twoWay) else { return }
                expected[group, default: FlowGroup.Total()].add(total)
            }
            var found: [FlowGroup: FlowGroup.Total] = [:]
            for row in try counter.count(capture).rows {
                found[FlowGroup(row, twoWay: twoWay), default: FlowGroup.Total()].add(FlowGroup.Total(row))
            }
            agreement.compare(truth.file, expected: expected, found: found)
        }
        #expect(agreement.report() == [])
    }

}

/// The flow programs of one grouping, each proved once.
private struct FlowCounter {
    private static let capacity = 1 << 14

    let grouping: FlowGrouping
    let twoWay: Bool
    let engine: Engine
    private let first: FlowProgram
    private var proved: [LinkType: VerifiedProgram] = [:]

    init(by grouping: FlowGrouping, twoWay: Bool, engine: Engine) throws {
        first = try FlowProgram(linkType: .ethernet, by: grouping, twoWay: twoWay, capacity: Self.capacity)
        self.grouping = grouping
        self.twoWay = twoWay
        self.engine = engine
    }

    /// Runs the program of each link type over its packets, all with the same maps.
    mutating func count(_ capture: WholeCapture) throws -> FlowTable {
        let maps = try first.spec.maps.mapValues { try Map($0) }
        var executables: [LinkType: Executable] = [:]
        for linkType in capture.linkTypes {
            executables[linkType] = try Executable(try proof(linkType), maps: maps, engine: engine)
        }
        let worker = Worker()
        capture.forEachPacket { bytes, record in
            var metadata = PacketMetadata()
            metadata.originalLength = record.originalLength
            metadata.nanoseconds = record.nanoseconds
            #expect(executables[record.linkType]?.run(on: bytes, metadata: metadata, worker: worker) == 0)
            #expect(worker.fault == nil)
        }
        return try FlowTable(of: first, maps: maps)
    }

    private mutating func proof(_ linkType: LinkType) throws -> VerifiedProgram {
        if let known = proved[linkType] { return known }
        let program = try FlowProgram(linkType: linkType, by: grouping, twoWay: twoWay, capacity: Self.capacity)
        let proof = try Verifier().verify(program.spec)
        proved[linkType] = proof
        return proof
    }
}
