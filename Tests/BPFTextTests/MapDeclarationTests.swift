import BPFModel
import BPFText
import TestKit
import Testing

/// Declarations of every kind of map, with what else they can say, read and print alike.
@Suite struct MapDeclarationTests {
    private func maps(_ text: String) throws -> [Int32: MapSpec] {
        try ProgramSpec(assembly: text + "\nr0 = 0\nexit").maps
    }

    @Test func kindsWithoutKeysNeedNone() throws {
        let maps = try maps(
            """
            .map r ringbuf entries 4096
            .map q queue value 8 entries 4
            .map b bloom_filter value u32 entries 4 extra 3
            """)
        var bloom = MapSpec(name: "b", type: .bloomFilter, keySize: 0, valueSize: 4, maxEntries: 4)
        bloom.extra = 3
        bloom.valueLayout = .u32
        #expect(
            maps == [
                1: MapSpec(name: "r", type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096),
                2: MapSpec(name: "q", type: .queue, keySize: 0, valueSize: 8, maxEntries: 4), 3: bloom,
            ])
    }

    @Test func mapsOfMapsNameTheirPattern() throws {
        let inner = MapSpec(name: "in", type: .hash, keySize: 4, valueSize: 8, maxEntries: 3, flags: .noPreallocation)
        let named = try maps(
            ".map in hash key 4 value 8 entries 3 flags 1\n.map out array_of_maps key 4 value 4 entries 2 inner in")
        #expect(named[1] == inner)
        #expect(named[2]?.inner == inner)
        let inline = try maps(
            ".map out array_of_maps key 4 value 4 entries 2 inner (in hash key 4 value 8 entries 3 flags 1)")
        #expect(inline.count == 1)
        #expect(inline[1]?.inner == inner)
    }

    @Test func locksAndConstants() throws {
        let map = try maps(#".map a array key 4 value 8 entries 1 lock 4 constants "00ff10aB""#)[1]
        #expect(map?.spinLock == 4)
        #expect(map?.constants == [0, 255, 16, 171])
    }

    @Test func layoutsGiveTheSizes() throws {
        let map = try maps(
            """
            .map flows hash value (packets u64, bytes u64) entries 9 key (
                source ipv4, destination ipv4,
                ports port[2],     # in this order
                protocol enum u8 (tcp = 6, udp = 17), pad[3]
            )
            """)[1]
        #expect(map?.keySize == 16)
        #expect(map?.valueSize == 16)
        let expected = ValueLayout(
            size: 16,
            form: .structure([
                .init("source", offset: 0, .ipv4), .init("destination", offset: 4, .ipv4),
                .init("ports", offset: 8, .array(.port, count: 2)),
                .init("protocol", offset: 12, .choice(1, ["tcp": 6, "udp": 17])),
            ]))
        #expect(map?.keyLayout == expected)
    }

    /// Bits lie where C puts them.
    @Test func bitFields() throws {
        let layout = try ValueLayout(text: "(a u8:3, b u8:5, c u16:12, d u16:6, e u8, pad:4, f u32:20, g at 2:1 u8:2)")
        guard case .structure(let fields) = layout.form else {
            Issue.record("no structure: \(layout)")
            return
        }
        let places = fields.map { "\($0.name) \($0.offset) \($0.bits.map { "\($0)" } ?? "")" }
        #expect(
            places == ["a 0 0..<3", "b 0 3..<8", "c 2 0..<12", "d 4 0..<6", "e 5 ", "f 8 0..<20", "g 2 1..<3"])
        #expect(layout.size == 12)
    }

    @Test(arguments: [
        "u8", "s64", "x16", "be32", "port", "ipv4", "ipv6", "mac", "bool", "bytes[7]", "text[16]", "u32[4]",
        "bytes[2][3]", "(a u8, b u16)", "(a u8, b at 4 u16, pad[2])", "(x (a u8)[2], b at 0 ipv4)",
        "enum u16 (a = 1, b = -2)", "(a u8:3, b u8:5, c at 3:2 u16:4)", "()",
        #"("two words" u8, pad u16)"#,
    ])
    func layoutsReadBack(text: String) throws {
        let layout = try ValueLayout(text: text)
        #expect(layout.text == text)
        #expect(try ValueLayout(text: layout.text) == layout)
    }

    @Test func anyLayoutReadsBack() throws {
        var random = Mutation.random("layouts")
        for _ in 0..<min(Mutation.count / 50, 5000) {
            let layout = Self.random(&random, depth: 3)
            #expect(try ValueLayout(text: layout.text) == layout, "\(layout.text)")
        }
    }

    private static func random(_ random: inout SeededRandom, depth: Int) -> ValueLayout {
        let simple: [ValueLayout] = [
            .u8, .u16, .u32, .u64, .port, .ipv4, .ipv6, .mac, .bytes(3), .text(9), .choice(2, ["x": 1, "y z": -7]),
            ValueLayout(size: 4, form: .signed), ValueLayout(size: 8, form: .hexadecimal),
        ]
        guard depth > 0, !random.oneIn(3) else { return random.pick(simple) }
        if random.oneIn(3) {
            return .array(Self.random(&random, depth: depth - 1), count: Int.random(in: 1...3, using: &random))
        }
        var fields: [ValueLayout.Field] = []
        var size = 0
        for number in 0..<Int.random(in: 0...5, using: &random) {
            var field = ValueLayout.Field(
                random.pick(["a", "pad", "at", "enum", "x y"]) + (random.oneIn(2) ? "\(number)" : ""),
                offset: size + (random.oneIn(3) ? Int.random(in: 0...9, using: &random) : 0),
                Self.random(&random, depth: depth - 1))
            if [ValueLayout.u8, .u16, .u32].contains(field.layout), random.oneIn(2) {
                let first = Int.random(in: 0..<field.layout.size * 8, using: &random)
                field.bits = first..<Int.random(in: first + 1...field.layout.size * 8, using: &random)
            }
            fields.append(field)
            size = max(size, field.offset + field.layout.size)
        }
        // Behind the last field as it is written, padding is counted in bytes.
        return ValueLayout(
            size: size + (random.oneIn(2) ? Int.random(in: 0...5, using: &random) : 0), form: .structure(fields))
    }

    /// What the disassembler prints of a program's maps gives the same maps.
    @Test func everyKindReadsBack() throws {
        var random = Mutation.random("map declarations")
        for type in MapType.allCases {
            for _ in 0..<20 {
                var spec = MapSpec(
                    name: random.pick(["m", "two words", "map"]), type: type,
                    keySize: Int.random(in: 0...64, using: &random), valueSize: Int.random(in: 0...64, using: &random),
                    maxEntries: Int.random(in: 0...9999, using: &random),
                    flags: MapFlags(rawValue: UInt32.random(in: 0...0x1fff, using: &random)))
                if random.oneIn(2) { spec.extra = UInt64.random(in: .min ... .max, using: &random) }
                if random.oneIn(3) { spec.spinLock = Int.random(in: 0...60, using: &random) }
                if random.oneIn(3) { spec.constants = random.bytes(Int.random(in: 0...20, using: &random)) }
                if random.oneIn(2) {
                    let layout = Self.random(&random, depth: 2)
                    (spec.keyLayout, spec.keySize) = (layout, layout.size)
                }
                if random.oneIn(2) {
                    let layout = Self.random(&random, depth: 2)
                    (spec.valueLayout, spec.valueSize) = (layout, layout.size)
                }
                if random.oneIn(2) {
                    spec.inner = MapSpec(
                        name: random.pick(["", "in", "key"]), type: .hash, keySize: 4, valueSize: 8, maxEntries: 7)
                    spec.inner?.valueLayout = random.oneIn(2) ? .u64 : nil
                }
                let program = ProgramSpec(
                    type: .socketFilter, code: [.move(.r0, 0), .exit], maps: [3: spec])
                let text = Disassembler(.readable).text(of: program)
                #expect(try ProgramSpec(assembly: text).maps == [3: spec], "\(text)")
            }
        }
    }

    @Test(arguments: [
        (".map m queue entries 4", "1:6: map 'm' needs 'value' and a number"),
        (".map m ringbuf key 0", "1:6: map 'm' needs 'entries' and a number"),
        (
            ".map m hash key (a u9) value 4 entries 1",
            "1:20: unknown kind of value 'u9', did you mean 'u8'?"
        ),
        (".map m hash key (a u8 value 4 entries 1", "1:23: expected ',', found 'value'"),
        (
            ".map m hash key u8[0] value 4 entries 1",
            "1:20: number of elements 0 is out of range, the limits are 1 and 16777216"
        ),
        (
            ".map m hash key (a ipv4:3) value 4 entries 1",
            "1:20: bits can only be taken of a number such as u16, and of bits it has"
        ),
        (
            ".map m hash key (a u8:9) value 4 entries 1",
            "1:23: number of bits 9 is out of range, the limits are 1 and 8"
        ),
        (
            ".map m hash key (a at 1:8 u8:1) value 4 entries 1",
            "1:27: bits can only be taken of a number such as u16, and of bits it has"
        ),
        (
            ".map m hash key bytes[16777216][2] value 4 entries 1",
            "1:32: value has 33554432 bytes, at most 16777216 are possible"
        ),
        (".map m hash key enum ipv4 (a = 1) value 4 entries 1", "1:22: expected a number such as u8, found 'ipv4'"),
        (
            #".map m array key 4 value 4 entries 1 constants "0""#,
            "1:48: expected pairs of hexadecimal digits in quotes"
        ),
        (
            ".map m array key 4 value 4 entries 1 extra -1",
            "1:44: extra -1 is out of range, the limits are 0 and 18446744073709551615"
        ),
        (".map m array_of_maps key 4 value 4 entries 1 inner x", "1:52: unknown map 'x': declare it with .map"),
        (
            ".map m array_of_maps key 4 value 4 entries 1 inner (i hash key 4 value 4 entries 1 number 3)",
            "1:84: unknown map attribute 'number', expected one of key, value, entries, flags, inner, extra, lock, constants"
        ),
    ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: AssemblyError.self) { try maps(text) }
        #expect(error?.problems.first.map { "\($0)" } == message)
    }
}
