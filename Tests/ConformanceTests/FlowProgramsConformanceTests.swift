import BPFExecution
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
        if twoWay, !grouping.hasDirections { return }
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
            let rows = try counter.count(capture).rows
            for row in rows {
                found[FlowGroup(row, twoWay: twoWay), default: FlowGroup.Total()].add(FlowGroup.Total(row))
            }
            #expect(found.count == rows.count, "\(truth.file): a group has several rows")
            agreement.compare(truth.file, expected: expected, found: found)
        }
        #expect(agreement.report() == [])
    }
}
