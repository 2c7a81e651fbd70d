import ByteStreams
import Foundation
import PacketBuffers
import PacketFiles
import TestKit
import Testing

/// What tcpdump says of one capture file.
private struct CaptureTruth: Decodable {
    struct Tcpdump: Decodable {
        var exit: Int
        var packets: Int
        var bytes: UInt64
        var capturedBytes: UInt64
        var sha256: String?
    }

    struct Filter: Decodable {
        var expr: String
        var packets: Int
        var bytes: UInt64
        var capturedBytes: UInt64
        var sha256: String?
    }

    var file: String
    var tcpdump: Tcpdump
    /// The packets of each link type, where a file has several; libpcap itself stops at the second one.
    var filtersByLinkType: [String: [Filter]]?
}

/// What the packets of a capture come to.
private struct CaptureSummary: Hashable, Sendable, CustomStringConvertible {
    var packets = 0
    var bytes: UInt64 = 0
    var capturedBytes: UInt64 = 0
    var digest: String?
    var isWhole = true

    var description: String {
        "\(packets) packets, \(bytes) bytes, \(capturedBytes) captured, digest \(digest?.prefix(8) ?? "none"), "
            + (isWhole ? "whole" : "error")
    }

    init(_ truth: CaptureTruth.Tcpdump) {
        packets = truth.packets
        bytes = truth.bytes
        capturedBytes = truth.capturedBytes
        digest = truth.sha256
        isWhole = truth.exit == 0
    }

    init(_ truth: CaptureTruth.Filter) {
        packets = truth.packets
        bytes = truth.bytes
        capturedBytes = truth.capturedBytes
        digest = truth.sha256
    }

    /// Reads a capture to its end or to its first error.
    init(reading file: [UInt8], name: String, only linkType: LinkType? = nil) {
        var sum = SHA256()
        do throws(CaptureError) {
            let reader = try CaptureReader(MemorySource(file, name: name))
            var batch = PacketBatch()
            while try reader.read(into: &batch) {
                for packet in batch.records where linkType == nil || packet.linkType == linkType {
                    packets += 1
                    bytes += UInt64(packet.originalLength)
                    capturedBytes += UInt64(packet.capturedLength)
                    for length in [packet.capturedLength, packet.originalLength] {
                        sum.update((0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) })
                    }
                    sum.update(batch.storage[packet.dataRange])
                }
            }
        } catch {
            isWhole = false
        }
        digest = packets == 0 ? nil : sum.hexDigest()
    }
}

@Suite struct CaptureFilesConformanceTests {
    @Test func `the packets of every capture are those tcpdump reads`() throws {
        guard let lines = SharedData.contents("captures/truth.jsonl") else { return }
        let agreement = Agreement("captures", engine: "capture reader")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            let truth = try decoder.decode(CaptureTruth.self, from: Data(line))
            if truth.file.hasSuffix(".gz") || truth.file.hasSuffix(".zst") { continue }
            guard let file = SharedData.capture(truth.file) else { continue }
            guard let types = truth.filtersByLinkType else {
                agreement.compare(
                    truth.file, expected: CaptureSummary(truth.tcpdump),
                    found: CaptureSummary(reading: file, name: truth.file))
                continue
            }
            for (type, filters) in types.sorted(by: { $0.key < $1.key }) {
                let number = try #require(UInt16(type))
                let everything = try #require(filters.first { $0.expr.isEmpty })
                agreement.compare(
                    "\(truth.file), link type \(type)", expected: CaptureSummary(everything),
                    found: CaptureSummary(reading: file, name: truth.file, only: LinkType(rawValue: number)))
            }
        }
        #expect(agreement.report() == [])
    }
}
