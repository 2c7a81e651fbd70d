import Foundation
import Testing
import Weir

/// Every capture holds what its `.expect` file says, and every capture has one.
@Suite struct ExpectationTests {
    @Test func everyCaptureHasAnExpectation() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: GeneratedCapturesTests.folder.path)
        let captures = names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }
        #expect(captures.sorted() == Expectation.all.map(\.capture))
    }

    @Test(arguments: Expectation.all)
    func captureIsAsExpected(expected: Expectation) throws {
        #expect(expected.unknown == [])
        let all = try Self.read(expected.capture, matching: nil)
        #expect(all.tally.packetsRead == expected.packets)
        #expect(all.tally.bytesKept == expected.bytes)
        #expect(all.error == expected.error)
        for filter in expected.filters {
            let found = try Self.read(expected.capture, matching: filter.expression).tally.packetsKept
            #expect(found == filter.packets, "\(filter.expression)")
        }
    }

    /// The flows of every grouping, with the packets in none, are the packets of the capture.
    @Test(arguments: Expectation.all)
    func flowsReconcile(expected: Expectation) throws {
        for grouping in FlowGrouping.allCases {
            for twoWay in [false, true] {
                var counter = FlowCounter(by: grouping, twoWay: twoWay, capacity: 1000)
                try Self.read(expected.capture, matching: nil) { batch, verdicts in
                    try counter.count(&batch, verdicts)
                }
                let table = try counter.table()
                #expect(table.packets == expected.packets, "by \(grouping.rawValue), two-way \(twoWay)")
                #expect(table.bytes == expected.bytes, "by \(grouping.rawValue), two-way \(twoWay)")
            }
        }
    }

    /// Reads a whole capture; the error text is without the file's folder.
    @discardableResult
    private static func read(
        _ name: String, matching expression: String?,
        _ body: (inout PacketBatch, [UInt32]) throws -> Void = { _, _ in }
    ) throws -> (tally: PacketTally, error: String?) {
        let path = GeneratedCapturesTests.folder.appendingPathComponent(name).path
        let filter = expression.map { PacketFilter(FilterExpression($0)) } ?? .everything
        var capture = try CaptureFile(path: path).open(matching: filter)
        var batch = PacketBatch()
        do {
            while try capture.read(into: &batch) { try body(&batch, capture.verdicts) }
            return (capture.tally, nil)
        } catch let error as PipelineError {
            return (capture.tally, "\(error)".replacingOccurrences(of: path + ": ", with: ""))
        }
    }
}
