import Foundation
import PacketBuffers
import TestKit
import Testing
import Weir

/// What tcpdump says of every filter on one capture file.
private struct FilterTruth: Decodable, Sendable {
    struct Outcome: Decodable {
        var expr: String
        var exit: Int
        var packets: Int
        var bytes: UInt64
        var capturedBytes: UInt64
        var sha256: String?
        var stderr: [String]?
    }

    var file: String
    var filters: [Outcome]?
    /// The same for the packets of each link type, where a file has several; libpcap itself stops at the second one.
    var filtersByLinkType: [String: [Outcome]]?

    /// Every expression, and where the file has several, the link type it was tried on.
    var cases: [(linkType: LinkType?, outcome: Outcome)] {
        guard let filtersByLinkType else { return (filters ?? []).map { (nil, $0) } }
        return filtersByLinkType.flatMap { number, outcomes in
            outcomes.map { (UInt16(number).map(LinkType.init(rawValue:)), $0) }
        }
    }

    static func all() throws -> [FilterTruth] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = SharedData.contents("captures/truth.jsonl")?.split(separator: UInt8(ascii: "\n")) ?? []
        return try lines.map { try decoder.decode(FilterTruth.self, from: $0) }
    }
}

/// What a filter comes to on the packets of a capture.
private struct FilterOutcome: Hashable, Sendable, CustomStringConvertible {
    var packets = 0
    var bytes: UInt64 = 0
    var capturedBytes: UInt64 = 0
    var digest: String?
    /// Why libpcap does not compile the expression for the link type.
    var refusal: String?

    var description: String {
        refusal.map { "'\($0)'" }
            ?? "\(packets) packets, \(bytes) bytes, \(capturedBytes) captured, digest \(digest?.prefix(8) ?? "none")"
    }

    init(_ truth: FilterTruth.Outcome) {
        packets = truth.packets
        bytes = truth.bytes
        capturedBytes = truth.capturedBytes
        digest = truth.sha256
        // Exit status 1 is also that of a damaged file; then something was read, or the message is the reader's.
        let message = truth.exit == 0 ? nil : truth.stderr?.last { $0.hasPrefix("tcpdump: ") }
        refusal = message.flatMap { $0.contains("pcap_loop: ") ? nil : String($0.dropFirst("tcpdump: ".count)) }
    }

    /// Counts the packets a filter keeps, as `weir filter --count` does, and digests them.
    init(
        _ filter: PacketFilter, _ engine: FilterEngine, on file: [UInt8], name: String, only linkType: LinkType? = nil,
        digests: inout [[Int]: String]
    ) throws {
        var kept: [(number: Int, record: PacketRecord, bytes: ArraySlice<UInt8>)] = []
        var number = 0
        let source = try MemorySource(file, name: name).decompressed()
        do throws(PipelineError) {
            var capture = try FilteredCapture(source, filter: filter)
            var batch = PacketBatch(capacity: file.count)
            while try capture.read(into: &batch) {
                for (_, filter) in capture.linkFilters { Self.expect(filter, runsOn: engine) }
                for (record, verdict) in zip(batch.records, capture.verdicts) {
                    number += 1
                    guard verdict > 0, linkType == nil || record.linkType == linkType else { continue }
                    kept.append((number, record, batch.storage[record.dataRange]))
                }
                if let refused = capture.refusals.first(where: { $0.linkType == linkType }) {
                    refusal = refused.cause.message
                    return
                }
            }
        } catch {
            switch error {
            case .filter(let error):
                refusal = error.cause.message
                return
            case .capture: break
            case .source: throw error
            }
        }
        packets = kept.count
        bytes = kept.reduce(0) { $0 + UInt64($1.record.originalLength) }
        capturedBytes = kept.reduce(0) { $0 + UInt64($1.record.capturedLength) }
        guard !kept.isEmpty else { return }
        let key = kept.map(\.number)
        digest = digests[key]
        if digest == nil {
            var sum = SHA256()
            for (_, record, bytes) in kept {
                for length in [record.capturedLength, record.originalLength] {
                    sum.update((0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) })
                }
                sum.update(bytes)
            }
            digest = sum.hexDigest()
            digests[key] = digest
        }
    }
}

extension FilterOutcome {
    /// Only the loops of `protochain` fall to the classic evaluator where it was not asked for.
    static func expect(_ filter: LinkFilter, runsOn engine: FilterEngine) {
        guard filter.engine != engine else { return }
        #expect(filter.engine == .classic)
        #expect(filter.reason?.contains("jump back") == true, "\(filter)")
    }
}

@Suite struct CaptureFiltersConformanceTests {
    @Test func `every filter keeps of every capture what tcpdump keeps, on every engine`() async throws {
        let agreements = FilterEngine.allCases.map {
            (engine: $0, agreement: Agreement("filters on captures", engine: $0.rawValue))
        }
        let truths = try FilterTruth.all()
        await withTaskGroup { group in
            for truth in truths {
                group.addTask {
                    // Sets of packets repeat from filter to filter and engine to engine; each is digested once.
                    var digests: [[Int]: String] = [:]
                    for (engine, agreement) in agreements {
                        Self.compare(truth, on: engine, agreement, digests: &digests)
                    }
                }
            }
        }
        #expect(agreements.flatMap { $0.agreement.report() } == [])
    }

    private static func compare(
        _ truth: FilterTruth, on engine: FilterEngine, _ agreement: Agreement, digests: inout [[Int]: String]
    ) {
        guard let file = SharedData.capture(truth.file) else { return }
        for (linkType, outcome) in truth.cases {
            let name = "\(truth.file)\(linkType.map { " link type \($0.rawValue)" } ?? ""), '\(outcome.expr)'"
            do {
                let found = try FilterOutcome(
                    PacketFilter(FilterExpression(outcome.expr), engine: engine), engine, on: file, name: truth.file,
                    only: linkType, digests: &digests)
                agreement.compare(name, expected: FilterOutcome(outcome), found: found)
            } catch {
                agreement.disagree(name, "\(error)")
            }
        }
    }
}
