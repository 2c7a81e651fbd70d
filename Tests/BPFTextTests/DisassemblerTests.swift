import BPFModel
import BPFText
import TestKit
import Testing

/// What the disassembler's options add.
@Suite struct DisassemblerTests {
    static let code: InstructionSequence = [
        .loadWide(.r1, .map(3)), .call(helper: 1), .jump(if: .equal, .r0, 0, skip: 1), .call(.local(1)), .exit,
        .loadWide(.r2, .mapValue(3, offset: 8)), .jump(-1), .jump(100), .longJump(-12),
    ]

    private func lines(_ change: (inout Disassembler.Options) -> Void) -> [String] {
        var options = Disassembler.Options()
        change(&options)
        return Disassembler(options).lines(of: Self.code)
    }

    @Test func plain() {
        #expect(
            lines { _ in } == [
                "r1 = map[fd:3]", "call 1", "if r0 == 0 goto +1", "call pc+1", "exit", "r2 = map[fd:3][0]+8", "goto -1",
                "goto +100", "gotol -12",
            ])
    }

    @Test func slotNumbersAndBytes() {
        #expect(
            lines {
                $0.slotNumbers = true
                $0.bytes = true
            } == [
                " 0: 18 11 00 00 03 00 00 00 00 00 00 00 00 00 00 00  r1 = map[fd:3]",
                " 2: 85 00 00 00 01 00 00 00  call 1",
                " 3: 15 00 01 00 00 00 00 00  if r0 == 0 goto +1",
                " 4: 85 10 00 00 01 00 00 00  call pc+1",
                " 5: 95 00 00 00 00 00 00 00  exit",
                " 6: 18 22 00 00 03 00 00 00 00 00 00 00 08 00 00 00  r2 = map[fd:3][0]+8",
                " 8: 05 00 ff ff 00 00 00 00  goto -1",
                " 9: 05 00 64 00 00 00 00 00  goto +100",
                "10: 06 00 00 00 f4 ff ff ff  gotol -12",
            ])
    }

    /// Distances out of the program, or into the middle of a wide load, stay numbers.
    @Test func labelsAndNames() {
        #expect(
            lines {
                $0.labels = true
                $0.helperNames = true
                $0.mapNames = [3: "flows"]
            } == [
                "    r1 = map flows", "    call bpf_map_lookup_elem#1", "    if r0 == 0 goto l1", "    call f1",
                "l1:", "    exit", "f1:", "    r2 = map flows[0]+8", "l2:", "    goto l2", "    goto +100",
                "    gotol -12",
            ])
    }

    @Test func labelAtTheEnd() {
        #expect(Disassembler(.readable).lines(of: [.jump(0)]) == ["    goto l1", "l1:"])
    }

    @Test func wholeProgram() throws {
        let program = try ProgramSpec(assembly: ProgramTextTests.countIPv6)
        #expect(
            Disassembler(.readable).text(of: program) == """
                .name count_ipv6
                .type sched_cls
                .license "Dual BSD/GPL"
                .map hits hash key 4 value 8 entries 1024 flags 1 number 1
                .map other array key 4 value 16 entries 2 number 7
                    r6 = r1
                    r0 = *(u16 *)skb[12]
                    if r0 != 34525 goto l1
                    r2 = *(u32 *)(r6 + 0)
                    *(u32 *)(r10 - 4) = r2
                    r1 = map hits
                    r2 = r10
                    r2 += -4
                    call bpf_map_lookup_elem#1
                    if r0 == 0 goto l1
                    r1 = map other[0]+8
                    call f1
                l1:
                    r0 = 0
                l2:
                    exit
                f1:
                    lock *(u64 *)(r1 + 0) += r1
                    goto l2

                """)
    }

    /// Names are any text; what can't stand alone is quoted.
    @Test func wholeProgramsReadBack() throws {
        let names = ["", "flows", "two words", "r1", "a\"b\\c\nd", "ümlaut", "map", "flows", ".x", "ll"]
        for seed in UInt64(0)..<200 {
            var random = SeededRandom(seed: seed)
            var maps: [Int32: MapSpec] = [:]
            for number in 0..<Int32.random(in: 0..<4, using: &random) {
                var map = MapSpec(
                    name: random.pick(names), type: random.pick(MapType.allCases),
                    keySize: Int.random(in: 0...64, using: &random), valueSize: Int.random(in: 0...64, using: &random),
                    maxEntries: Int.random(in: 0...Int(UInt32.max), using: &random),
                    flags: MapFlags(rawValue: UInt32.random(in: 0...255, using: &random)))
                if random.oneIn(4) { map.spinLock = Int.random(in: 0...64, using: &random) }
                maps[random.oneIn(3) ? random.immediate() : number] = map
            }
            let loads = maps.keys.map { Instruction.loadWide(.r1, .map($0)) }
            let code = InstructionSequence((0..<10).map { _ in random.instruction() } + loads)
            let program = ProgramSpec(
                name: random.pick(names), type: random.pick(ProgramType.allCases), license: random.pick(names),
                code: code, maps: maps)
            let text = Disassembler(random.oneIn(2) ? .readable : .init()).text(of: program)
            var expected = program
            // Of maps with one name only the first can be called by it.
            var seen: Set<String> = []
            for number in maps.keys.sorted() {
                guard let name = maps[number]?.name, !name.isEmpty else { continue }
                if !seen.insert(name).inserted { expected.maps[number]?.name = "" }
            }
            #expect(try ProgramSpec(assembly: text) == expected, "seed \(seed)\n\(text)")
        }
    }
}
