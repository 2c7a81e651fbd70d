import ByteStreams
import PacketBuffers
import PacketFiles
import Testing

@Suite struct CopyingTests {
    typealias Packet = CaptureContents.Packet

    /// Copies a capture in small batches; the verdict is asked for by the packet's number in the file.
    static func copy(
        _ file: [UInt8], snapLength: UInt32? = nil, verdict: (Int) -> UInt32 = { _ in .max }
    ) throws -> [UInt8] {
        let reader = try CaptureReader(MemorySource(file, pieceLimit: 100))
        let sink = MemorySink()
        let copier = CaptureCopier(reader.format, to: sink, snapLength: snapLength)
        var batch = PacketBatch(capacity: 100)
        var number = 0
        while try reader.read(into: &batch) {
            try copier.copy(batch, keeping: batch.records.indices.map { verdict(number + $0) })
            number += batch.records.count
        }
        return sink.bytes
    }

    @Test func `a copy of everything is the file`() throws {
        for file in SampleFiles.all {
            let copy = try Self.copy(file)
            let original = CaptureContents(file)
            // Packets beyond the snap length are written as they are read, and section lengths become unspecified.
            #expect(CaptureContents(copy).packets == original.packets)
            #expect(CaptureContents(copy).interfaces == original.interfaces)
            #expect(copy.count == file.count || original.packets.last?.bytes.count == 40)
        }
        for order in ByteOrder.allCases {
            var file = HandMadeFile.pcap(order)
            file.record(seconds: 1, fraction: 2, original: 60, [1, 2, 3])
            #expect(try Self.copy(file.bytes) == file.bytes)
            #expect(try Self.copy(SampleFiles.mixedSections(order)) == SampleFiles.mixedSections(order))
        }
    }

    @Test func `packets left out leave everything else in place`() throws {
        for order in ByteOrder.allCases {
            var file = HandMadeFile.pcapng(order)
            var expected = HandMadeFile.pcapng(order)
            for number in 0..<20 as Range<UInt8> {
                file.interface(options: [(2, [0x61 + number])])
                expected.interface(options: [(2, [0x61 + number])])
                file.enhanced([number], options: [(1, [0x41])])
                if number % 3 == 0 { expected.enhanced([number], options: [(1, [0x41])]) }
                file.block(5) { $0.word(0, 0, 0) }
                expected.block(5) { $0.word(0, 0, 0) }
            }
            #expect(try Self.copy(file.bytes) { $0 % 3 == 0 ? 1 : 0 } == expected.bytes)
        }
    }

    @Test func `a section length that counted packets becomes unspecified`() throws {
        var file = HandMadeFile(.big)
        file.section(length: 32)
        file.interface()
        var expected = HandMadeFile.pcapng(.big)
        expected.interface()
        #expect(try Self.copy(file.bytes) == expected.bytes)
    }

    @Test func `a verdict shortens a packet`() throws {
        for file in SampleFiles.all {
            let original = CaptureContents(file).packets
            for keep in 1..<50 as Range<UInt32> {
                let copy = CaptureContents(try Self.copy(file) { _ in keep })
                let expected = original.map { packet in
                    var packet = packet
                    packet.bytes = Array(packet.bytes.prefix(Int(keep)))
                    return packet
                }
                #expect(copy.packets == expected, "\(keep) bytes kept")
                #expect(copy.error == nil)
            }
        }
    }

    @Test func `options stay when a packet is shortened`() throws {
        var file = HandMadeFile.pcapng(.little)
        var expected = HandMadeFile.pcapng(.little)
        file.interface()
        expected.interface()
        file.enhanced([1, 2, 3, 4, 5, 6, 7], options: [(1, Array("hello".utf8))])
        expected.enhanced(original: 7, [1, 2], options: [(1, Array("hello".utf8))])
        #expect(try Self.copy(file.bytes) { _ in 2 } == expected.bytes)
    }

    @Test func `a snap length shortens packets and is written`() throws {
        for file in SampleFiles.all {
            let original = CaptureContents(file)
            for snapLength in 1..<50 as Range<UInt32> {
                let copy = CaptureContents(try Self.copy(file, snapLength: snapLength))
                let expected = original.packets.map { packet in
                    var packet = packet
                    packet.bytes = Array(packet.bytes.prefix(Int(snapLength)))
                    return packet
                }
                #expect(copy.packets == expected, "snap length \(snapLength)")
                #expect(copy.error == nil)
                let lengths = original.interfaces.map { interface in
                    interface.snapLength == 0 ? snapLength : min(interface.snapLength, snapLength)
                }
                #expect(copy.interfaces.map(\.snapLength) == lengths, "snap length \(snapLength)")
            }
        }
    }
}
