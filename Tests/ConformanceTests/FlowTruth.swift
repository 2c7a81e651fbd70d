import ByteStreams
import Foundation
import PacketBuffers
import PacketFiles
import PacketHeaders
import TestKit

/// The flows of one capture file as two independent readers found them.
struct FlowTruth: Decodable {
    struct Flows: Decodable {
        var count: Int
        var packets: Int
        var bytes: UInt64
        var sha256: String
        /// False where the two readers differ, so that the table doesn't bind; nil where only one knows the link type.
        var secondReader: Bool?
    }

    var file: String
    var flows: Flows

    /// One for each capture; none, having said so, where the captures are absent.
    static func all() throws -> [FlowTruth] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try (SharedData.contents("captures/truth.jsonl") ?? Data()).split(separator: UInt8(ascii: "\n"))
            .map { try decoder.decode(FlowTruth.self, from: Data($0)) }
    }
}

/// What a table of flows comes to.
struct FlowSummary: Hashable, Sendable, CustomStringConvertible {
    var count: Int
    var packets: Int
    var bytes: UInt64
    var digest: String

    var description: String { "\(count) flows, \(packets) packets, \(bytes) bytes, digest \(digest.prefix(8))" }

    init(_ truth: FlowTruth.Flows) {
        count = truth.count
        packets = truth.packets
        bytes = truth.bytes
        digest = truth.sha256
    }

    /// Sums up a table in the form whose digest is on record.
    init(_ table: [FlowKey: FlowTotal]) {
        let rows = table.map { key, value in
            (
                source: key.source.description, destination: key.destination.description,
                protocol: key.protocol.rawValue,
                ports: (key.sourcePort, key.destinationPort), value
            )
        }.sorted {
            ($0.source, $0.destination, $0.protocol, $0.ports.0, $0.ports.1)
                < ($1.source, $1.destination, $1.protocol, $1.ports.0, $1.ports.1)
        }
        var sum = SHA256()
        for row in rows {
            let numbers = "\(row.protocol) \(row.ports.0) \(row.ports.1) \(row.4.packets) \(row.4.bytes)"
            sum.update("\(row.source) \(row.destination) \(numbers)\n".utf8)
        }
        count = rows.count
        packets = rows.reduce(0) { $0 + $1.4.packets }
        bytes = rows.reduce(0) { $0 + $1.4.bytes }
        digest = sum.hexDigest()
    }
}

/// The packets of a flow, or those that are in none for one reason.
struct FlowTotal: Hashable, Sendable {
    var packets = 0
    var bytes: UInt64 = 0

    mutating func add(_ length: UInt32) {
        packets += 1
        bytes += UInt64(length)
    }
}

/// A capture's packets counted by flow, or by the reason they are in none.
struct FlowCounts: Hashable, Sendable {
    var flows: [FlowKey: FlowTotal] = [:]
    var reasons: [FlowReason: FlowTotal] = [:]

    /// The packets counted, in flows and outside.
    var packets: Int { flows.values.reduce(0) { $0 + $1.packets } + reasons.values.reduce(0) { $0 + $1.packets } }

    init() {}

    /// Counts packets by ``FlowKey``.
    init(_ capture: WholeCapture) {
        capture.forEachPacket { bytes, record in
            do throws(FlowReason) {
                flows[try FlowKey(bytes, linkType: record.linkType), default: FlowTotal()].add(record.originalLength)
            } catch {
                reasons[error, default: FlowTotal()].add(record.originalLength)
            }
        }
    }
}

/// The packets of a capture file up to its end or its first error, all in memory.
struct WholeCapture {
    private var batches: [PacketBatch] = []

    /// Reads a file, decompressed where it is compressed.
    init(_ file: [UInt8], name: String) {
        do {
            let reader = try CaptureReader(try MemorySource(file, name: name).decompressed())
            var batch = PacketBatch()
            while try reader.read(into: &batch) { batches.append(batch) }
        } catch {
            // The packets before the damage count; what damage there is, the reader's own tests say.
        }
    }

    var packets: Int { batches.reduce(0) { $0 + $1.records.count } }

    var linkTypes: Set<LinkType> { Set(batches.flatMap { $0.records.map(\.linkType) }) }

    func forEachPacket(_ body: (Span<UInt8>, PacketRecord) -> Void) {
        for batch in batches {
            for record in batch.records { body(batch.storage.span.extracting(record.dataRange), record) }
        }
    }
}
