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
    ///
    /// - Parameters:
    ///   - open: opens the capture.
    ///   - linkType: the link type of the packets to sum up; nil for all.
    ///   - sink: gets a copy of what is read, where there is one.
    init(
        only linkType: LinkType? = nil, _ open: () throws(CaptureError) -> CaptureReader,
        copying sink: MemorySink? = nil
    ) {
        var sum = SHA256()
        do throws(CaptureError) {
            let reader = try open()
            let copier = sink.map { CaptureCopier(reader.format, to: $0) }
            var batch = PacketBatch()
            while try reader.read(into: &batch) {
                for packet in batch.records where linkType == nil || packet.linkType == linkType {
                    add(packet, batch.storage[packet.dataRange], to: &sum)
                }
                try? copier?.copy(batch)
            }
        } catch {
            isWhole = false
        }
        digest = packets == 0 ? nil : sum.hexDigest()
    }

    private mutating func add(_ packet: PacketRecord, _ data: ArraySlice<UInt8>, to sum: inout SHA256) {
        packets += 1
        bytes += UInt64(packet.originalLength)
        capturedBytes += UInt64(packet.capturedLength)
        for length in [packet.capturedLength, packet.originalLength] {
            sum.update((0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) })
        }
        sum.update(data)
    }
}

@Suite struct CaptureFilesConformanceTests {
    /// The captures there are, with what is known of them.
    private static func truths() throws -> [(CaptureTruth, path: String)] {
        guard let lines = SharedData.contents("captures/truth.jsonl") else { return [] }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let truth = try decoder.decode(CaptureTruth.self, from: Data(line))
            let file = SharedData.root.appendingPathComponent("captures/" + truth.file)
            return FileManager.default.fileExists(atPath: file.path) ? (truth, file.path) : nil
        }
    }

    @Test func `the packets of every capture are those tcpdump reads`() throws {
        let agreement = Agreement("captures", engine: "capture reader")
        for (truth, path) in try Self.truths() {
            guard let types = truth.filtersByLinkType else {
                agreement.compare(
                    truth.file, expected: CaptureSummary(truth.tcpdump),
                    found: CaptureSummary { () throws(CaptureError) in try CaptureReader(path: path) })
                continue
            }
            for (type, filters) in types.sorted(by: { $0.key < $1.key }) {
                let linkType = LinkType(rawValue: try #require(UInt16(type)))
                let everything = try #require(filters.first { $0.expr.isEmpty })
                agreement.compare(
                    "\(truth.file), link type \(type)", expected: CaptureSummary(everything),
                    found: CaptureSummary(only: linkType) { () throws(CaptureError) in
                        try CaptureReader(path: path)
                    })
            }
        }
        #expect(agreement.report() == [])
    }

    @Test func `a copy of every capture is whole and has the same packets`() throws {
        let agreement = Agreement("captures copied", engine: "capture copier")
        for (truth, path) in try Self.truths() {
            let sink = MemorySink()
            var original = CaptureSummary(
                { () throws(CaptureError) in try CaptureReader(path: path) }, copying: sink)
            if sink.bytes.isEmpty { continue }
            // What the original is damaged by, the copy leaves out.
            original.isWhole = true
            let copy = CaptureSummary { () throws(CaptureError) in try CaptureReader(MemorySource(sink.bytes)) }
            agreement.compare(truth.file, expected: original, found: copy)
        }
        #expect(agreement.report() == [])
    }
}
