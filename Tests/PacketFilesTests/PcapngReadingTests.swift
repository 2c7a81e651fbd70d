import PacketBuffers
import PacketFiles
import Testing

@Suite struct PcapngReadingTests {
    typealias Packet = CaptureContents.Packet

    @Test(arguments: ByteOrder.allCases) func `every kind of packet block`(order: ByteOrder) {
        var file = HandMadeFile.pcapng(order)
        file.interface(snapLength: 4)
        file.interface(linkType: 101)
        file.enhanced(ticks: 1_700_000_000_123_456, original: 90, [1, 2, 3])
        file.simple(original: 90, [4, 5, 6, 7])
        file.obsolete(interface: 1, ticks: 5, original: 91, [8, 9])
        file.simple([1])
        let contents = CaptureContents(file.bytes)
        #expect(
            contents.packets == [
                Packet(nanoseconds: 1_700_000_000_123_456_000, bytes: [1, 2, 3], originalLength: 90),
                Packet(bytes: [4, 5, 6, 7], originalLength: 90),
                Packet(nanoseconds: 5000, bytes: [8, 9], originalLength: 91, interface: 1, linkType: .raw),
                Packet(bytes: [1], originalLength: 1),
            ])
        #expect(contents.error == nil)
        #expect(contents.everything == file.bytes)
    }

    @Test func `sections have their own byte order and interfaces`() {
        var file = HandMadeFile.pcapng(.little)
        file.interface(options: [(2, Array("eth0".utf8))])
        file.enhanced([1])
        file.order = .big
        file.section(options: [(3, Array("Linux".utf8)), (1, Array("second".utf8))])
        file.interface(linkType: 0, options: [(2, Array("lo".utf8)), (3, Array("loopback".utf8))])
        file.interface(linkType: 113)
        file.enhanced(interface: 1, [2])
        file.simple([3])
        let contents = CaptureContents(file.bytes)
        #expect(contents.packets.map(\.interface) == [0, 2, 1])
        #expect(contents.packets.map(\.linkType) == [.ethernet, .linuxSLL, .null])
        #expect(contents.interfaces.map(\.name) == ["eth0", "lo", nil])
        #expect(contents.interfaces.map(\.section) == [0, 1, 1])
        #expect(contents.interfaces[1].detail == "loopback")
        #expect(contents.sections.map(\.byteOrder) == [.little, .big])
        #expect(contents.sections[1].operatingSystem == "Linux")
        #expect(contents.sections[1].comment == "second")
        #expect(contents.error == nil)
    }

    @Test func `blocks nobody knows are passed over`() {
        var file = HandMadeFile.pcapng(.big)
        file.block(4) { $0.raw([1, 2, 3, 4]) }
        file.interface()
        file.block(0x0bad) { $0.word(1, 2, 3) }
        file.enhanced([1], options: [(1, Array("a comment".utf8)), (0x8001, [])])
        file.block(0x8000_0005) { _ in }
        let contents = CaptureContents(file.bytes)
        #expect(contents.packets.map(\.bytes) == [[1]])
        #expect(contents.everything == file.bytes)
        #expect(contents.error == nil)
    }

    struct Resolution: CustomTestStringConvertible {
        var option: UInt8
        var seconds: Int64 = 0
        var ticks: UInt64
        var nanoseconds: UInt64
        var testDescription: String { "\(ticks) in units of \(option), \(seconds) s added" }
    }

    @Test(arguments: [
        Resolution(option: 6, ticks: 1_500_000, nanoseconds: 1_500_000_000),
        Resolution(option: 9, ticks: 1_500_000, nanoseconds: 1_500_000),
        Resolution(option: 0, ticks: 3, nanoseconds: 3_000_000_000),
        Resolution(option: 12, ticks: 1_999_999, nanoseconds: 1999),
        Resolution(option: 19, ticks: 3_000_000_000_000_000_000, nanoseconds: 300_000_000),
        Resolution(option: 0x80, ticks: 3, nanoseconds: 3_000_000_000),
        Resolution(option: 0x81, ticks: 3, nanoseconds: 1_500_000_000),
        Resolution(option: 0x8a, ticks: 1_700_000_000 << 10 | 512, nanoseconds: 1_700_000_000_500_000_000),
        Resolution(option: 0xbf, ticks: 1 << 62, nanoseconds: 500_000_000),
        Resolution(option: 0x80 | 30, ticks: .max, nanoseconds: 17_179_869_183_999_999_999),
        Resolution(option: 0x80 | 29, ticks: .max, nanoseconds: .max),
        Resolution(option: 0, ticks: .max, nanoseconds: .max),
        Resolution(option: 6, seconds: 10, ticks: 1, nanoseconds: 10_000_001_000),
        Resolution(option: 6, seconds: -1, ticks: 1_000_002, nanoseconds: 2000),
        Resolution(option: 6, seconds: -2, ticks: 1_000_002, nanoseconds: 0),
        Resolution(option: 6, seconds: .max, ticks: 1, nanoseconds: .max),
        Resolution(option: 6, seconds: .min, ticks: 1, nanoseconds: 0),
    ]) func `times are nanoseconds, whatever the unit`(resolution: Resolution) {
        var file = HandMadeFile.pcapng(.little)
        let seconds = (0..<8).map { UInt8(truncatingIfNeeded: resolution.seconds >> (8 * $0)) }
        file.interface(options: [(9, [resolution.option]), (14, seconds)])
        file.enhanced(ticks: resolution.ticks, [1])
        #expect(CaptureContents(file.bytes).packets.map(\.nanoseconds) == [resolution.nanoseconds])
    }
}

/// Each damage of a pcapng file: what is read before it, and the exact words.
@Suite struct PcapngDamageTests {
    typealias Case = PcapDamageTests.Case

    /// A file of one packet (116 bytes) and what `change` adds.
    static func file(_ change: (inout HandMadeFile) -> Void) -> [UInt8] {
        var file = HandMadeFile.pcapng(.big)
        file.interface(snapLength: 100)
        file.enhanced([1, 2, 3, 4])
        change(&file)
        return file.bytes
    }

    /// A section header and what `change` adds.
    static func section(_ change: (inout HandMadeFile) -> Void) -> [UInt8] {
        var file = HandMadeFile.pcapng(.little)
        change(&file)
        return file.bytes
    }

    static let cases = [
        Case(
            "type only", [0x0a, 0x0d, 0x0d, 0x0a],
            "x: at byte 0: the file ends after 4 of the 28 bytes of a section header"),
        Case(
            "no byte order", [0x0a, 0x0d, 0x0d, 0x0a] + [UInt8](repeating: 0, count: 24),
            "x: at byte 0: not a pcap or pcapng file, it begins with 0a 0d 0d 0a"),
        Case(
            "half a section header", Array(HandMadeFile.pcapng(.big).bytes.prefix(20)),
            "x: at byte 0: the file ends after 20 of the 28 bytes of a section header"),
        Case("version", versionFile(2, 0), "x: at byte 0: version 2.0 of pcapng is not known, only 1.0 and 1.2"),
        Case("minor version", versionFile(1, 1), "x: at byte 0: version 1.1 of pcapng is not known, only 1.0 and 1.2"),
        Case("no interface", section { _ in }, "x: at byte 28: the file ends without an interface description"),
        Case(
            "packet before its interface", section { $0.enhanced([1]) },
            "x: at byte 36: packet comes before any interface description"),
        Case(
            "short interface", section { $0.block(1) { $0.word(1) } },
            "x: at byte 32: interface description length 16 is below its minimum of 20 bytes"),
        Case(
            "long option", section { $0.block(1) { $0.word(1, 0, 0x0100_0002) } },
            "x: at byte 44: interface description: option 2 of 256 bytes exceeds the 0 left"),
        Case(
            "resolution of two bytes", section { $0.interface(options: [(9, [6, 6])]) },
            "x: at byte 44: interface description: if_tsresol has 2 bytes instead of 1"),
        Case(
            "two resolutions", section { $0.interface(options: [(9, [6]), (9, [6])]) },
            "x: at byte 52: interface description: if_tsresol comes twice"),
        Case(
            "resolution too fine", section { $0.interface(options: [(9, [20])]) },
            "x: at byte 44: interface description: time resolution 20 is finer than 64 bits can count"),
        Case(
            "offset of four bytes", section { $0.interface(options: [(14, [0, 0, 0, 0])]) },
            "x: at byte 44: interface description: if_tsoffset has 4 bytes instead of 8"),
        Case(
            "end of options with a value", section { $0.block(1) { $0.word(1, 0, 0x0004_0000, 0) } },
            "x: at byte 44: interface description: the end of options has 4 bytes instead of 0"),
        Case(
            "half a block header", file { $0.half(0) }, packets: 1,
            "x: at byte 84: the file ends after 2 of the 8 bytes of a block header"),
        Case(
            "half a block", file { $0.word(6, 64, 0, 0) }, packets: 1,
            "x: at byte 84: the file ends after 16 of the 64 bytes of a block"),
        Case(
            "block of 8 bytes", file { $0.word(6, 8, 8) }, packets: 1,
            "x: at byte 88: block length 8 is below its minimum of 12 bytes"),
        Case(
            "block of 13 bytes", file { $0.word(7, 13, 0, 13) }, packets: 1,
            "x: at byte 88: block length 13 is not a multiple of 4"),
        Case(
            "block of 1 GiB", file { $0.word(7, 1 << 30, 0, 13) }, packets: 1,
            "x: at byte 88: block length 1073741824 exceeds the maximum of 16777216 bytes"),
        Case(
            "lengths differ", file { $0.block(7, last: 20) { $0.word(1) } }, packets: 1,
            "x: at byte 88: block length is 16 at its beginning and 20 at its end"),
        Case(
            "short packet block", file { $0.block(6) { $0.word(0, 0, 0, 0) } }, packets: 1,
            "x: at byte 88: packet block length 28 is below its minimum of 32 bytes"),
        Case(
            "short simple packet", file { $0.block(3) { _ in } }, packets: 1,
            "x: at byte 88: packet block length 12 is below its minimum of 16 bytes"),
        Case(
            "unknown interface", file { $0.enhanced(interface: 7, [1]) }, packets: 1,
            "x: at byte 92: packet names interface 7, but its section has 1"),
        Case(
            "interface of the section before",
            file {
                $0.section()
                $0.enhanced([1])
            }, packets: 1, "x: at byte 120: packet comes before any interface description"),
        Case(
            "beyond the snap length", file { $0.enhanced([UInt8](repeating: 0, count: 101)) }, packets: 1,
            "x: at byte 104: captured length 101 exceeds the interface's snap length 100"),
        Case(
            "beyond its block", file { $0.enhanced(captured: 5, [1, 2, 3, 4]) }, packets: 1,
            "x: at byte 104: captured length 5 exceeds the 4 bytes its block has for it"),
        Case(
            "simple packet beyond its block", file { $0.simple(original: 5, [1, 2, 3, 4]) }, packets: 1,
            "x: at byte 92: captured length 5 exceeds the 4 bytes its block has for it"),
        Case(
            "byte order nobody has", file { $0.section(magic: 0x1234_5678) }, packets: 1,
            "x: at byte 92: section header has 0x12345678 where 0x1a2b3c4d tells the byte order"),
        Case(
            "major version of a later section", file { $0.section(version: (3, 0)) }, packets: 1,
            "x: at byte 84: version 3.0 of pcapng is not known, only 1.0 and 1.2"),
        Case("minor version of a later section", file { $0.section(version: (1, 9)) }, packets: 1, nil),
    ]

    static func versionFile(_ major: UInt16, _ minor: UInt16) -> [UInt8] {
        var file = HandMadeFile(.little)
        file.section(version: (major, minor))
        file.interface()
        return file.bytes
    }

    @Test(arguments: cases) func `the good prefix, then the error`(testCase: Case) {
        let contents = CaptureContents(testCase.file)
        #expect(contents.error == testCase.error)
        #expect(contents.packets.count == testCase.packets)
    }
}
