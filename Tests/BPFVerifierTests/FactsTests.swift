import BPFModel
import BPFText
import BPFVerifier
import Testing

/// What proofs find out for engines holds on every path, or isn't said.
@Suite struct FactsTests {
    static let mapLoads: [(String, Int32?)] = [
        ("r1 = map one", 1), ("r1 = map two", 2),
        // Which map it is depends on the packet.
        ("r1 = map one\nif r7 == 0 goto call\nr1 = map two", nil),
        ("r1 = map one\nif r7 == 0 goto call\nr1 = map one", 1),
    ]

    /// The only call of a helper: its map and function.
    @Test(arguments: mapLoads)
    func mapsOfCalls(load: String, map: Int32?) throws {
        let verified = try Verifier().verify(
            ProgramSpec(
                assembly: """
                    .type sched_cls
                    .map one hash key 4 value 8 entries 1
                    .map two hash key 4 value 8 entries 1
                    r7 = *(u32 *)(r1 + __sk_buff.len)
                    *(u32 *)(r10 - 4) = 0
                    r2 = r10
                    r2 += -4
                    \(load)
                    call: call bpf_map_lookup_elem
                    r0 = 0
                    exit
                    """))
        #expect(verified.facts.calls.map(\.value.map) == [map])
    }

    /// A map out of a map of maps is never the same.
    @Test func innerMapsVary() throws {
        var spec = try ProgramSpec(
            assembly: """
                .map outer array_of_maps key 4 value 4 entries 1
                .map pattern array key 4 value 4 entries 1
                *(u32 *)(r10 - 4) = 0
                r2 = r10
                r2 += -4
                r1 = map outer
                call bpf_map_lookup_elem
                if r0 == 0 goto out
                r1 = r0
                r2 = r10
                r2 += -4
                call bpf_map_lookup_elem
                out: r0 = 0
                exit
                """)
        let pattern = spec.maps[2]
        spec.maps[1]?.inner = pattern
        let verified = try Verifier().verify(spec)
        #expect(verified.facts.calls.sorted { $0.key < $1.key }.map(\.value.map) == [1, nil])
    }

    @Test func functionsOfCalls() throws {
        let verified = try Verifier().verify(
            ProgramSpec(
                assembly: """
                    r1 = 4
                    r2 = subprog f
                    r3 = 0
                    r4 = 0
                    call bpf_loop
                    r0 = 0
                    exit
                    f: r0 = 0
                    exit
                    """))
        #expect(verified.facts.calls[4]?.function == 1)
        #expect(verified.facts.functions[1].instructions == 7..<9)
    }
    static let accesses: [(String, Int?, Int)] = [
        ("r0 = *(u8 *)(r7 + 12)", 12, 22), ("r0 = *(u16 *)(r7 + 32)", 32, 2),
        ("r7 += 4\nr0 = *(u8 *)(r7 + 0)", 4, 30),
        // Somewhere in the packet, with a byte that is there for certain.
        ("r9 &= 15\nr7 += r9\nr2 = r7\nr2 += 8\nif r2 > r8 goto out\nr0 = *(u8 *)(r7 + 2)", nil, 6),
    ]

    @Test(arguments: accesses)
    func packetWindows(access: String, offset: Int?, count: Int) throws {
        let verified = try Verifier().verify(
            ProgramSpec(
                assembly: """
                    .type sched_cls
                    r9 = *(u32 *)(r1 + __sk_buff.hash)
                    r7 = *(u32 *)(r1 + __sk_buff.data)
                    r8 = *(u32 *)(r1 + __sk_buff.data_end)
                    r2 = r7
                    r2 += 34
                    if r2 > r8 goto out
                    \(access)
                    out: r0 = 0
                    exit
                    """))
        let windows = verified.facts.windows.map(\.value)
        #expect(windows.map(\.offset) == [offset])
        #expect(windows.map(\.count) == [count])
        #expect(windows.map(\.isMetadata) == [false])
    }
    static let loads: [(String, UInt64)] = [
        ("r0 = *(u8 *)(r1 + 0)", 0x81), ("r0 = *(u16 *)(r1 + 2)", 0x8483),
        ("r0 = *(s8 *)(r1 + 0)", 0xffff_ffff_ffff_ff81),
        ("r0 = *(u64 *)(r1 + 0)", 0x8887_8685_8483_8281),
    ]

    /// Loads from a value that never changes are known, whatever their size; all others aren't.
    @Test(arguments: loads)
    func loadedNumbers(load: String, number: UInt64) throws {
        var spec = try ProgramSpec(
            assembly: """
                .map text array key 4 value 8 entries 1 flags 128
                r1 = map text[0] + 0
                \(load)
                exit
                """)
        #expect(try Verifier().verify(spec).facts.loadedNumbers == [:])
        spec.maps[1]?.constants = [0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88]
        #expect(try Verifier().verify(spec).facts.loadedNumbers == [1: number])
        // A value that programs may write isn't constant, whatever is said of it.
        spec.maps[1]?.flags = []
        #expect(try Verifier().verify(spec).facts.loadedNumbers == [:])
    }

    /// Branches on a constant are decided.
    @Test func constantsDecideBranches() throws {
        var spec = try ProgramSpec(
            assembly: """
                .map text array key 4 value 4 entries 1 flags 128
                r1 = map text[0] + 0
                r2 = *(u32 *)(r1 + 0)
                r0 = 0
                if r2 == 7 goto out
                r0 = *(u64 *)(r9 + 0)
                out: exit
                """)
        #expect(throws: VerifierRejection.self) { try Verifier().verify(spec) }
        spec.maps[1]?.constants = [7, 0, 0, 0]
        let verified = try Verifier().verify(spec)
        #expect(verified.facts.reachable == [true, true, true, true, false, true])
    }
}
