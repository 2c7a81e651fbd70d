import Testing
import Weir
import WeirCommands

/// `--map-dump`, and the lines that programs print.
@Suite struct MapDumpCommandTests {
    /// Counts packets by the last byte of their address, in the map's second value.
    static let counting = """
        .map hosts hash key (address ipv4) value (packets u32, seen bool, pad[3]) entries 8
        .map plain array key 4 value 2 entries 2
            r6 = r1
            r0 = *(u32 *)skb[26]
            r0 = be32 r0
            *(u32 *)(r10 - 4) = r0
            r1 = 0x100000001 ll
            *(u64 *)(r10 - 16) = r1
            r1 = map hosts
            r2 = r10
            r2 += -4
            r3 = r10
            r3 += -16
            r4 = 0
            call bpf_map_update_elem
            r0 = 1
            exit

        """

    static let printing = """
            r1 = 0x0a21206425206968 ll
            *(u64 *)(r10 - 16) = r1
            r1 = 0
            *(u64 *)(r10 - 8) = r1
            r1 = r10
            r1 += -16
            r2 = 9
            r3 = 7
            call bpf_trace_printk
            exit

        """

    private func filter(_ program: String, _ arguments: String...) throws -> Invocation {
        let folder = try TemporaryFolder()
        try folder.write("program.s", Array(program.utf8))
        return Invocation(
            ["filter", "--program", folder.path("program.s")] + arguments, input: try SampleCapture.three())
    }

    @Test func runPrintsTables() {
        let run = Invocation(
            [
                "run", "-", "--type", "socket_filter", "--map-dump", "--mem",
                String(repeating: "00", count: 26) + "0a000007",
            ],
            input: Array(Self.counting.utf8))
        #expect(
            run.text == """
                1 (0x1)
                map 1 hosts: hash, 1 entry
                ADDRESS   PACKETS  SEEN
                10.0.0.7        1  true
                map 2 plain: array, 2 entries
                KEY  VALUE
                  0  00 00
                  1  00 00

                """)
        #expect(run.messages == "")
    }

    @Test func runPrintsJSON() {
        let run = Invocation(
            [
                "run", "-", "--type", "socket_filter", "--map-dump", "--json", "--mem",
                String(repeating: "00", count: 30),
            ],
            input: Array(Self.counting.utf8))
        #expect(
            run.text.contains(
                #""maps": [{"number": 1, "name": "hosts", "type": "hash", "key_size": 4, "value_size": 8, "#
                    + #""max_entries": 8, "lost_records": 0, "entries": [{"key": {"address": "0.0.0.0"}, "#
                    + #""value": {"packets": 1, "seen": true}}]}, {"number": 2, "#), "\(run.text)")
    }

    @Test func linesOfProgramsGoToStandardError() {
        let run = Invocation(
            ["run", "-", "--type", "socket_filter"], input: Array(Self.printing.utf8))
        #expect(run.messages == "bpf_trace_printk: hi 7 !\n")
        #expect(run.text == "7 (0x7)\n")
    }

    @Test func filterPrintsMapsAtTheEnd() throws {
        let run = try filter(Self.counting, "--map-dump", "--count", "-q")
        #expect(
            run.text == """
                3
                map 1 hosts: hash, 2 entries
                ADDRESS   PACKETS  SEEN

                """ + run.text.split(separator: "\n").dropFirst(3).joined(separator: "\n") + "\n")
        #expect(run.text.contains("10.0.0.1        1  true"))
        let json = try filter(Self.counting, "--map-dump", "--count", "-q", "--json")
        #expect(json.text.split(separator: "\n").last?.hasPrefix(#"{"maps": [{"number": 1, "name": "hosts""#) == true)
    }

    @Test func filterPrintsLinesOfPrograms() throws {
        let run = try filter(Self.printing, "--count", "-q")
        #expect(run.messages == String(repeating: "bpf_trace_printk: hi 7 !\n", count: 3))
        #expect(run.text == "3\n")
    }
}
