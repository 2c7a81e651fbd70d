import ByteStreams
import PacketBuffers
import PacketFiles
import TestKit
import Testing

/// What is written is read back equal.
@Suite struct WritingTests {
    typealias Packet = CaptureContents.Packet

    /// Packets that lie one behind the other in a storage.
    static func packets(_ random: inout SeededRandom, interfaces: UInt32, unit: UInt64) -> PacketBatch {
        var batch = PacketBatch(capacity: 0)
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            let data = random.bytes(Int.random(in: 0...70, using: &random))
            let time = UInt64.random(in: 0..<4_294_967_296_000_000_000, using: &random)
            batch.records.append(
                PacketRecord(
                    dataOffset: batch.storage.count, recordOffset: batch.storage.count, recordLength: data.count,
                    nanoseconds: time / unit * unit, capturedLength: UInt32(data.count),
                    originalLength: UInt32(data.count) + UInt32.random(in: 0...1500, using: &random),
                    interface: UInt32.random(in: 0..<interfaces, using: &random), linkType: .ethernet))
            batch.storage += data
        }
        return batch
    }

    static func contents(_ batch: PacketBatch) -> [Packet] {
        batch.records.map {
            Packet(
                nanoseconds: $0.nanoseconds, bytes: Array(batch.storage[$0.dataRange]),
                originalLength: $0.originalLength, interface: $0.interface, linkType: $0.linkType)
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func `pcap`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for order in ByteOrder.allCases {
            for (resolution, unit) in [(.microseconds, 1000), (.nanoseconds, 1)] as [(TimeResolution, UInt64)] {
                let batch = Self.packets(&random, interfaces: 1, unit: unit)
                let sink = MemorySink()
                let header = PcapHeader(linkType: .ethernet, resolution: resolution, byteOrder: order)
                let writer = try PcapWriter(to: sink, header)
                for record in batch.records { try writer.write(record, in: batch.storage) }
                #expect(CaptureContents(sink.bytes).packets == Self.contents(batch), "seed \(seed)")
                #expect(try CaptureReader(MemorySource(sink.bytes)).format == .pcap(header))
            }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func `pcapng`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for order in ByteOrder.allCases {
            var first = CaptureInterface(linkType: .ethernet, snapLength: 100, resolution: .nanoseconds)
            first.name = "eth\(seed)"
            first.detail = "first"
            first.filter = "tcp or udp"
            first.operatingSystem = "Linux"
            var second = CaptureInterface(linkType: .ethernet, resolution: .decimal(exponent: 10))
            second.secondsToAdd = -1
            let batch = Self.packets(&random, interfaces: 2, unit: 1)
            let sink = MemorySink()
            let writer = try PcapngWriter(to: sink, byteOrder: order, application: "test")
            for interface in [first, second] { try writer.add(interface) }
            var statistics = InterfaceStatistics(nanoseconds: 5)
            for record in batch.records {
                try writer.write(record, in: batch.storage, comment: random.oneIn(2) ? "a comment" : nil)
                statistics.received = 7
                try writer.write(statistics, of: record.interface)
            }
            let contents = CaptureContents(sink.bytes)
            let expected = Self.contents(batch).map { packet in
                guard packet.interface == 1 else { return packet }
                var packet = packet
                // Ten decimal places reach until 2028 or so; what lies behind is cut off.
                packet.nanoseconds = min(packet.nanoseconds + 1_000_000_000, .max / 10) - 1_000_000_000
                return packet
            }
            #expect(contents.packets == expected, "seed \(seed)")
            #expect(contents.interfaces == [first, second])
            #expect(contents.sections.map(\.application) == ["test"])
            #expect(contents.error == nil)
        }
    }

    @Test func `a packet is cut at the snap length and at what is kept`() throws {
        let storage: [UInt8] = [1, 2, 3, 4, 5]
        let record = PacketRecord(
            dataOffset: 0, recordOffset: 0, recordLength: 5, nanoseconds: 0, capturedLength: 5, originalLength: 9,
            linkType: .ethernet)
        let pcap = MemorySink()
        let pcapWriter = try PcapWriter(to: pcap, PcapHeader(linkType: .ethernet, snapLength: 4))
        try pcapWriter.write(record, in: storage)
        try pcapWriter.write(record, in: storage, keeping: 2)
        let expected = [
            Packet(bytes: [1, 2, 3, 4], originalLength: 9), Packet(bytes: [1, 2], originalLength: 9),
        ]
        #expect(CaptureContents(pcap.bytes).packets == expected)

        let pcapng = MemorySink()
        let writer = try PcapngWriter(to: pcapng)
        try writer.add(CaptureInterface(linkType: .ethernet, snapLength: 4))
        try writer.write(record, in: storage)
        try writer.write(record, in: storage, keeping: 2)
        #expect(CaptureContents(pcapng.bytes).packets == expected)
    }

    @Test func `a binary resolution keeps times to its own unit`() throws {
        let sink = MemorySink()
        let writer = try PcapngWriter(to: sink)
        try writer.add(CaptureInterface(linkType: .ethernet, resolution: .binary(exponent: 10)))
        let record = PacketRecord(
            dataOffset: 0, recordOffset: 0, recordLength: 0, nanoseconds: 1_700_000_000_500_000_001,
            capturedLength: 0, originalLength: 0, linkType: .ethernet)
        try writer.write(record, in: [])
        #expect(CaptureContents(sink.bytes).packets.map(\.nanoseconds) == [1_700_000_000_500_000_000])
    }
}
