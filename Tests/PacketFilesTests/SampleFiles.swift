import PacketFiles
import TestKit

/// Small captures that have, between them, everything the formats offer.
enum SampleFiles {
    static let all: [[UInt8]] = ByteOrder.allCases.flatMap { order in
        pcapVariants(order) + [pcapng(order), mixedSections(order)]
    }

    static func pcapVariants(_ order: ByteOrder) -> [[UInt8]] {
        let variants: [(magic: UInt32, version: (UInt16, UInt16), extra: Int)] = [
            (0xa1b2_c3d4, (2, 4), 0), (0xa1b2_3c4d, (2, 4), 0), (0xa1b2_cd34, (2, 4), 8),
            (0xa1b2_c3d4, (2, 3), 0), (0xa1b2_c3d4, (543, 0), 0),
        ]
        return variants.map { variant in
            var file = HandMadeFile.pcap(order, magic: variant.magic, version: variant.version, snapLength: 40)
            for length in [0, 1, 3, 4, 40, 45] as [UInt32] {
                let data = (0..<length).map { UInt8($0) }
                let lengths: (UInt32, UInt32) = variant.version.0 == 543 ? (60, length) : (length, 60)
                file.record(
                    seconds: 1_700_000_000 + length, fraction: length, captured: lengths.0, original: lengths.1, data,
                    extra: [UInt8](repeating: 0xee, count: variant.extra))
            }
            return file.bytes
        }
    }

    static func pcapng(_ order: ByteOrder) -> [UInt8] {
        var file = HandMadeFile(order)
        file.section(length: 500, options: [(2, Array("hardware".utf8)), (4, Array("application".utf8))])
        file.interface(snapLength: 32, options: [(2, Array("eth0".utf8)), (9, [9]), (11, [0] + Array("tcp".utf8))])
        file.block(4) { $0.raw([1, 2, 3, 4, 5]) }
        file.enhanced(
            ticks: 1 << 60, original: 100, [1, 2, 3, 4, 5], options: [(1, Array("comment".utf8)), (2, [0, 0, 0, 1])])
        file.simple(original: 90, (0..<32).map { UInt8($0) })
        file.interface(linkType: 101, snapLength: 0, options: [(9, [0x94]), (14, [0, 0, 0, 0, 0, 0, 0, 9])])
        file.obsolete(interface: 1, ticks: 77, original: 8, [9, 8, 7, 6, 5, 4, 3])
        file.simple([1, 2, 3])
        file.block(0xbad) { $0.raw([1, 2, 3, 4]) }
        file.enhanced(interface: 1, ticks: 78, [])
        file.block(5) { $0.word(0, 0, 0) }
        return file.bytes
    }

    static func mixedSections(_ order: ByteOrder) -> [UInt8] {
        var file = HandMadeFile.pcapng(order)
        file.interface()
        file.enhanced([1, 2, 3])
        file.order = order == .big ? .little : .big
        file.section(version: (1, 2))
        file.interface(linkType: 113)
        file.enhanced([4])
        file.simple([5, 6])
        return file.bytes
    }
}
