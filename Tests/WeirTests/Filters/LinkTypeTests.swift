import Testing
import Weir

/// Captures whose packets have several link types.
@Suite struct LinkTypeTests {
    private let raw = Array(Sample.frame(0x0800, length: 34).dropFirst(14)).replacing(at: 0, by: 0x45)

    @Test func everyLinkTypeHasItsOwnProgram() throws {
        let packets = [(0, Sample.ipv4), (1, raw), (0, Sample.arp), (1, raw), (1, raw)]
        let capture = try Sample.pcapng([.ethernet, .raw], packets)
        for batch in [64, 1 << 16] {
            let (kept, run) = try Sample.lengths(capture, "ip", batch: batch)
            #expect(kept == [60, 20, 20, 20])
            #expect(run.linkFilters.map(\.linkType) == [.ethernet, .raw])
            #expect(run.refusals == [])
        }
    }

    @Test func packetsOfALinkTypeThatIsRefusedAreLeftOut() throws {
        let capture = try Sample.pcapng([.ethernet, .raw], [(0, Sample.arp), (1, raw), (0, Sample.ipv4)])
        let (kept, run) = try Sample.lengths(capture, "not vlan")
        #expect(kept == [42, 60])
        #expect(run.tally.packetsRead == 3)
        #expect(run.refusals.map(\.linkType) == [.raw])
        #expect(
            run.refusals.map(\.description)
                == ["no VLAN support for Raw IP (on link type RAW); see pcap-filter(7) for what it takes"])
    }

    @Test func refusalsWithoutPacketsAreNotToldOf() throws {
        let capture = try Sample.pcapng([.raw, .ethernet], [(1, Sample.arp)])
        let (kept, run) = try Sample.lengths(capture, "arp or vlan")
        #expect(kept == [42])
        #expect(run.refusals == [])
    }

    @Test func refusedOnAllIsAnError() throws {
        let source = try Sample.pcap([raw], linkType: .raw)
        let error = #expect(throws: PipelineError.self) {
            try FilteredCapture(MemorySource(source), filter: "vlan")
        }
        guard case .filter(let refusal) = error else {
            Issue.record("not a refusal: \(String(describing: error))")
            return
        }
        #expect(refusal.linkType == .raw)
        #expect(refusal.cause.message == "no VLAN support for Raw IP")
    }

    /// BSD loopback headers are read in the byte order of the host that wrote each.
    @Test func loopbackHeadersOfBothByteOrders() throws {
        let little: [UInt8] = [2, 0, 0, 0] + raw
        let big: [UInt8] = [0, 0, 0, 2] + raw
        let darwin: [UInt8] = [30, 0, 0, 0, 0x60] + [UInt8](repeating: 0, count: 39)
        let capture = try Sample.pcap([little, big, darwin, [0, 0, 0, 0] + raw, [0, 0]], linkType: .null)
        #expect(try Sample.lengths(capture, "ip").kept == [24, 24])
        #expect(try Sample.lengths(capture, "ip6").kept == [44])
    }
}

extension Array {
    fileprivate func replacing(at index: Int, by element: Element) -> Self {
        var copy = self
        copy[index] = element
        return copy
    }
}
