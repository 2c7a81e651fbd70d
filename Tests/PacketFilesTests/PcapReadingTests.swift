import ByteStreams
import PacketBuffers
import PacketFiles
import Testing

@Suite struct PcapReadingTests {
    typealias Packet = CaptureContents.Packet

    @Test(arguments: ByteOrder.allCases) func `microseconds and nanoseconds in both byte orders`(order: ByteOrder) {
        for (magic, unit) in [(0xa1b2_c3d4, 1000), (0xa1b2_3c4d, 1)] as [(UInt32, UInt64)] {
            var file = HandMadeFile.pcap(order, magic: magic)
            file.record(seconds: 1_700_000_000, fraction: 123_456, [1, 2, 3])
            file.record(seconds: .max, fraction: 7, original: 1500, [9])
            file.record([])
            let contents = CaptureContents(file.bytes)
            #expect(
                contents.packets == [
                    Packet(
                        nanoseconds: 1_700_000_000_000_000_000 + 123_456 * unit, bytes: [1, 2, 3], originalLength: 3),
                    Packet(
                        nanoseconds: 4_294_967_295_000_000_000 + 7 * unit, bytes: [9], originalLength: 1500),
                    Packet(bytes: [], originalLength: 0),
                ])
            #expect(contents.error == nil)
            #expect(contents.sections.map(\.byteOrder) == [order])
        }
    }

    @Test(arguments: ByteOrder.allCases) func `records of the modified format have eight more bytes`(order: ByteOrder) {
        var file = HandMadeFile.pcap(order, magic: 0xa1b2_cd34)
        file.record(seconds: 1, [1, 2], extra: [0, 0, 0, 5, 0, 8, 4, 0])
        file.record(seconds: 2, [3], extra: [0, 0, 0, 5, 0, 8, 4, 0])
        let contents = CaptureContents(file.bytes)
        #expect(contents.packets.map(\.bytes) == [[1, 2], [3]])
        #expect(contents.everything == file.bytes)
    }

    @Test func `old versions have the lengths in the other order`() {
        let versions: [(UInt16, UInt16)] = [(2, 0), (2, 1), (2, 2), (543, 0)]
        for version in versions {
            var file = HandMadeFile.pcap(.little, version: version)
            file.record(captured: 60, original: 3, [1, 2, 3])
            #expect(CaptureContents(file.bytes).packets == [Packet(bytes: [1, 2, 3], originalLength: 60)])
        }
    }

    @Test func `version 2 point 3 has them in either order, the smaller one counts`() {
        var file = HandMadeFile.pcap(.little, version: (2, 3))
        file.record(captured: 60, original: 3, [1, 2, 3])
        file.record(captured: 3, original: 61, [4, 5, 6])
        #expect(
            CaptureContents(file.bytes).packets == [
                Packet(bytes: [1, 2, 3], originalLength: 60), Packet(bytes: [4, 5, 6], originalLength: 61),
            ])
    }

    @Test func `the upper bits of the link-type field are no link type`() {
        var file = HandMadeFile.pcap(.big, linkType: 0xf400_0071)
        file.record([1])
        #expect(CaptureContents(file.bytes).packets.map(\.linkType) == [.linuxSLL])
    }

    @Test func `a packet longer than the snap length is cut`() {
        var file = HandMadeFile.pcap(.little, snapLength: 2)
        file.record(original: 9, [1, 2, 3, 4])
        file.record([5])
        let contents = CaptureContents(file.bytes)
        #expect(
            contents.packets == [Packet(bytes: [1, 2], originalLength: 9), Packet(bytes: [5], originalLength: 1)])
        #expect(contents.everything == file.bytes)
    }

    @Test(arguments: [0, 0x8000_0000, 0xffff_ffff] as [UInt32])
    func `a snap length that means nothing cuts nothing`(snapLength: UInt32) {
        var file = HandMadeFile.pcap(.little, snapLength: snapLength)
        file.record([UInt8](repeating: 7, count: 3000))
        #expect(CaptureContents(file.bytes).packets.map(\.bytes.count) == [3000])
    }
}

/// Each damage of a pcap file: what is read before it, and the exact words.
@Suite struct PcapDamageTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var file: [UInt8]
        var packets = 0
        var error: String?

        init(_ name: String, _ file: [UInt8], packets: Int = 0, _ error: String?) {
            testDescription = name
            self.file = file
            self.packets = packets
            self.error = error
        }
    }

    static func file(_ change: (inout HandMadeFile) -> Void) -> [UInt8] {
        var file = HandMadeFile.pcap(.little)
        file.record([1, 2, 3])
        change(&file)
        return file.bytes
    }

    static let cases = [
        Case("no bytes", [], "x: at byte 0: not a capture file, it has no bytes"),
        Case(
            "three bytes", [0xd4, 0xc3, 0xb2], "x: at byte 0: the file ends after 3 of the 4 bytes of a magic number"),
        Case("text", Array("hello".utf8), "x: at byte 0: not a pcap or pcapng file, it begins with 68 65 6c 6c"),
        Case(
            "bzip2", Array("BZh91AY".utf8),
            "x: at byte 0: compressed with bzip2, which is not read here; decompress it first"),
        Case(
            "half a header", Array(HandMadeFile.pcap(.little).bytes.prefix(20)),
            "x: at byte 0: the file ends after 20 of the 24 bytes of a file header"),
        Case(
            "version 1", HandMadeFile.pcap(.big, version: (1, 4)).bytes,
            "x: at byte 0: version 1.4 of pcap is not known, only 2.0 through 2.4"),
        Case(
            "version 2.5", HandMadeFile.pcap(.big, version: (2, 5)).bytes,
            "x: at byte 0: version 2.5 of pcap is not known, only 2.0 through 2.4"),
        Case(
            "reserved bits", HandMadeFile.pcap(.big, linkType: 0x0010_0001).bytes,
            "x: at byte 0: link-type field 0x00100001 has reserved bits set (0x03ff0000)"),
        Case("header only", HandMadeFile.pcap(.little).bytes, nil),
        Case(
            "half a record header", file { $0.word(1, 2, 3) }, packets: 1,
            "x: at byte 43: the file ends after 12 of the 16 bytes of a record header"),
        Case(
            "half a packet", file { $0.record(captured: 9, [1, 2, 3, 4]) }, packets: 1,
            "x: at byte 43: the file ends after 4 of the 9 bytes of a packet"),
        Case(
            "too long a packet", file { $0.record(captured: 262_145, [1]) }, packets: 1,
            "x: at byte 43: captured length 262145 exceeds the maximum of 262144 bytes a packet"),
        Case(
            "far too long a packet", file { $0.record(captured: .max, [1]) }, packets: 1,
            "x: at byte 43: captured length 4294967295 exceeds the maximum of 262144 bytes a packet"),
        Case(
            "no packet after a damaged one",
            file {
                $0.record(captured: 1 << 30, [1])
                $0.record([1])
            }, packets: 1, "x: at byte 43: captured length 1073741824 exceeds the maximum of 262144 bytes a packet"),
    ]

    @Test(arguments: cases) func `the good prefix, then the error`(testCase: Case) {
        let contents = CaptureContents(testCase.file)
        #expect(contents.error == testCase.error)
        #expect(contents.packets.count == testCase.packets)
    }

    @Test func `a D-Bus packet may be longer`() {
        var file = HandMadeFile.pcap(.little, snapLength: 0, linkType: 231)
        file.record([UInt8](repeating: 1, count: 300_000))
        #expect(CaptureContents(file.bytes).packets.map(\.bytes.count) == [300_000])
    }

    @Test func `the error comes again and again`() throws {
        let reader = try CaptureReader(MemorySource(Self.file { $0.word(1) }, name: "x"))
        var batch = PacketBatch()
        #expect(try reader.read(into: &batch))
        for _ in 0..<2 { #expect(throws: CaptureError.self) { try reader.read(into: &batch) } }
        #expect(batch.records.isEmpty)
    }
}
