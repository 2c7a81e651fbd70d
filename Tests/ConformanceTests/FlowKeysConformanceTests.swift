import ByteStreams
import Foundation
import PacketBuffers
import PacketFiles
import PacketHeaders
import TestKit
import Testing

/// The flows of one capture file as two independent readers found them.
private struct FlowTruth: Decodable {
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
}

/// What a table of flows comes to.
private struct FlowSummary: Hashable, Sendable, CustomStringConvertible {
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

    init(_ table: [FlowKey: (packets: Int, bytes: UInt64)]) {
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

@Suite struct FlowKeysConformanceTests {
    @Test func `the flows of every capture are those of two other readers`() throws {
        guard let lines = SharedData.contents("captures/truth.jsonl") else { return }
        let agreement = Agreement("flows of captures", engine: "FlowKey")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            let truth = try decoder.decode(FlowTruth.self, from: Data(line))
            guard truth.flows.secondReader != false else {
                print("  not compared: \(truth.file), the two other readers differ")
                continue
            }
            if truth.file.hasSuffix(".gz") || truth.file.hasSuffix(".zst") { continue }
            guard let file = SharedData.capture(truth.file) else { continue }
            let counted = flows(of: file, name: truth.file)
            let rest = counted.reasons.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            #expect(
                counted.read == counted.table.values.reduce(0) { $0 + $1.packets } + counted.reasons.values.reduce(0, +)
            )
            agreement.compare(
                truth.file + (rest.isEmpty ? "" : " (in no flow: \(rest))"), expected: FlowSummary(truth.flows),
                found: FlowSummary(counted.table))
        }
        #expect(agreement.report() == [])
    }

    /// Counts a capture's packets by flow, or by the reason they are in none, up to the file's end or first error.
    private func flows(
        of file: [UInt8], name: String
    ) -> (read: Int, table: [FlowKey: (packets: Int, bytes: UInt64)], reasons: [FlowReason: Int]) {
        var read = 0
        var table: [FlowKey: (packets: Int, bytes: UInt64)] = [:]
        var reasons: [FlowReason: Int] = [:]
        do throws(CaptureError) {
            let reader = try CaptureReader(MemorySource(file, name: name))
            var batch = PacketBatch()
            while try reader.read(into: &batch) {
                for packet in batch.records {
                    read += 1
                    do throws(FlowReason) {
                        let bytes = batch.storage.span.extracting(packet.dataRange)
                        let key = try FlowKey(bytes, linkType: packet.linkType)
                        table[key, default: (0, 0)].packets += 1
                        table[key, default: (0, 0)].bytes += UInt64(packet.originalLength)
                    } catch {
                        reasons[error, default: 0] += 1
                    }
                }
            }
        } catch {
            // The packets before the damage count; what damage there is, the reader's own tests say.
        }
        return (read, table, reasons)
    }
}
