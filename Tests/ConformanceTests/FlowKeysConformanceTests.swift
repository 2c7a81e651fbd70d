import Foundation
import PacketHeaders
import TestKit
import Testing

@Suite struct FlowKeysConformanceTests {
    @Test func `the flows of every capture are those of two other readers`() throws {
        let agreement = Agreement("flows of captures", engine: "FlowKey")
        for truth in try FlowTruth.all() {
            guard truth.flows.secondReader != false else {
                print("  not compared: \(truth.file), the two other readers differ")
                continue
            }
            guard let file = SharedData.capture(truth.file) else { continue }
            let capture = WholeCapture(file, name: truth.file)
            let counts = FlowCounts(capture)
            let rest = counts.reasons.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value.packets) \($0.key)" }.joined(separator: ", ")
            #expect(capture.packets == counts.packets)
            agreement.compare(
                truth.file + (rest.isEmpty ? "" : " (in no flow: \(rest))"), expected: FlowSummary(truth.flows),
                found: FlowSummary(counts.flows))
        }
        #expect(agreement.report() == [])
    }
}
