import Testing
import Weir

/// Maps as people read them.
@Suite struct MapDumpTests {
    @Test(
        arguments: [
            ("u8", [200], "200"), ("s8", [200], "-56"), ("x16", [0x34, 0x12], "0x1234"),
            ("be32", [0, 0, 0x12, 0x34], "4660"),
            ("port", [0, 53], "53"), ("u64", [1, 0, 0, 0, 0, 0, 0, 128], "9223372036854775809"),
            ("s64", [255, 255, 255, 255, 255, 255, 255, 255], "-1"), ("bool", [0], "false"), ("bool", [2], "true"),
            ("ipv4", [10, 9, 0, 1], "10.9.0.1"), ("mac", [2, 0, 0, 0, 0, 0x1f], "02:00:00:00:00:1f"),
            ("ipv6", [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "fe80::1"),
            ("text[4]", [0x61, 0x62, 0, 0x63], "ab"), ("text[2]", [0x61, 0x62], "ab"),
            ("bytes[3]", [0, 1, 255], "00 01 ff"),
            ("enum u8 (tcp = 6, udp = 17)", [17], "udp"), ("enum u8 (tcp = 6)", [9], "9"),
            ("enum u16 (none = -1)", [255, 255], "none"), ("u8[3]", [1, 2, 3], "[1, 2, 3]"),
            ("(a u8, b ipv4, c (d u8))", [1, 10, 0, 0, 2, 7], "{a: 1, b: 10.0.0.2, c: {d: 7}}"),
            ("(low u8:3, high u8:5)", [0b1010_1101], "{low: 5, high: 21}"),
            ("(s s16:4, x x16:12)", [0x2f, 0x31], "{s: -1, x: 0x312}"),
            ("(n u32, a at 0 ipv4)", [1, 0, 0, 0], "{n: 1, a: 1.0.0.0}"),
            ("u32", [1, 2], "01 02"),
        ] as [(String, [UInt8], String)])
    func values(layout: String, bytes: [UInt8], text: String) throws {
        #expect("\(ReadableValue(bytes, try ValueLayout(text: layout)))" == text)
    }

    @Test func layoutsThatCantBeReadGiveBytes() {
        for form in [ValueLayout.Form.unsigned, .ipv4, .ipv6, .mac, .network, .array(.u32, count: 7)] {
            #expect(
                "\(ReadableValue([UInt8](1...9), ValueLayout(size: 9, form: form)))" == "01 02 03 04 05 06 07 08 09")
        }
        let outside = ValueLayout(
            size: 1, form: .structure([.init("a", offset: 5, .u32), .init("b", offset: -1, .u8)]))
        #expect("\(ReadableValue([7], outside))" == "{a: , b: }")
    }

    private func dump(_ declaration: String, _ fill: (Map) throws -> Void) throws -> MapDump {
        let spec = try ProgramSpec(assembly: declaration + "\nr0 = 0\nexit").maps
        let map = try Map(try #require(spec[1]))
        try fill(map)
        return try MapDump(map)
    }

    private func text(_ dump: MapDump) -> [String] {
        dump.entries.map { entry in (entry.key.map { "\($0): " } ?? "") + "\(entry.value)" }
    }

    @Test func tablesWithAndWithoutLayouts() throws {
        let flows = try dump(".map m hash key (a ipv4, p port, pad[2]) value u64 entries 4") { map in
            try map.update([10, 0, 0, 1, 0, 80, 0, 0], [5, 0, 0, 0, 0, 0, 0, 0])
        }
        #expect(text(flows) == ["{a: 10.0.0.1, p: 80}: 5"])
        let plain = try dump(".map m array key 4 value 2 entries 2") { try $0.update([1, 0, 0, 0], [1, 2]) }
        #expect(text(plain) == ["0: 00 00", "1: 01 02"])
        let perWorker = try dump(".map m percpu_array key 4 value u32 entries 1") { _ in }
        #expect(text(perWorker) == ["0: [0]"])
    }

    @Test func kindsWithoutKeys() throws {
        for (type, expected) in [("queue", ["1", "2", "3"]), ("stack", ["3", "2", "1"])] {
            let dump = try dump(".map m \(type) value u8 entries 3") { map in
                for value in 1...3 { try map.push([UInt8(value)]) }
            }
            #expect(text(dump) == expected)
        }
        #expect(try dump(".map m bloom_filter value u8 entries 3") { try $0.push([1]) }.entries == [])
    }

    @Test func objectsAndTargetsAreNumbers() throws {
        let inner = try Map(MapSpec(type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
        let dump = try dump(".map m array_of_maps key 4 value 4 entries 3 inner (a array key 4 value 4 entries 1)") {
            try $0.update([2, 0, 0, 0], inner)
        }
        #expect(text(dump) == ["2: \(inner.id)"])
        let devices = try self.dump(".map m devmap_hash key 4 value 4 entries 3") {
            try $0.update([9, 0, 0, 0], [3, 0, 0, 0])
        }
        #expect(text(devices) == ["9: 3"])
    }

    @Test func mapsThatMayNotBeReadAreRefused() throws {
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 4, maxEntries: 1, flags: .writeOnly))
        #expect(throws: Errno.notPermitted) { try MapDump(map) }
    }
}
