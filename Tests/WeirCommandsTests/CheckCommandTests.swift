import Foundation
import Testing
import WeirCommands

@Suite struct CheckCommandTests {
    /// Checks a program given as text on standard input.
    private func check(_ program: String, _ arguments: String...) -> Invocation {
        Invocation(["check", "-"] + arguments, input: Array(program.utf8))
    }

    private static let safe = "r0 = *(u32 *)(r1 + 0)\nif r0 > 64 goto out\nr0 = 64\nout: exit\n"
    private static let unsafe = """
        r0 = 0
        r2 = *(u32 *)(r1 + 76)
        r3 = *(u32 *)(r1 + 80)
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u32 *)(r2 + 12)
        out: exit

        """

    @Test func saysWhatTheProofTook() {
        let run = check(Self.safe)
        #expect(run.status == .done)
        #expect(run.messages == "")
        #expect(run.text.withoutDuration == "standard input: 4 instructions, 5 processed, 0 peak states, T s\n")
    }

    @Test func namesTheClaimThatFailed() {
        let run = check(Self.unsafe, "--type", "sched_cls")
        #expect(run.status == .failed)
        #expect(run.messages == "")
        #expect(
            run.text == """
                standard input:7: 6: r0 = *(u32 *)(r2 + 12)
                access of bytes 12 to 15 of the packet, but comparisons with data_end show only 14 bytes to be there
                advice: check that r2 + 16 <= data_end first

                """)
    }

    @Test func printsThePath() {
        let run = check(Self.unsafe, "--type", "sched_cls", "--verbose")
        #expect(run.status == .failed)
        #expect(
            run.text == """
                standard input:7: 6: r0 = *(u32 *)(r2 + 12)
                access of bytes 12 to 15 of the packet, but comparisons with data_end show only 14 bytes to be there
                advice: check that r2 + 16 <= data_end first
                path:
                  1: r2 = *(u32 *)(r1 + 76)  r2 = packet, 0 bytes checked
                  2: r3 = *(u32 *)(r1 + 80)  r3 = data_end
                  3: r4 = r2                 r4 = packet, 0 bytes checked
                  4: r4 += 14                r4 = packet+14, 0 bytes checked
                  5: if r4 > r3 goto +1      not taken, r2 = packet, 14 bytes checked
                  6: r0 = *(u32 *)(r2 + 12)  refused: r2 = packet, 14 bytes checked
                reason: out_of_bounds, see 'weir check --explain out_of_bounds'

                """)
    }

    @Test func printsTheWholePath() {
        let program = """
            r7 = r10
            r7 += -64
            again: *(u8 *)(r7 + 0) = 1
            r7 += 1
            r6 = 0
            if r7 != 0 goto again
            r0 = 0
            exit
            """
        #expect(
            check(program, "--verbose", "--path", "full").text == """
                standard input:3: 2: *(u8 *)(r7 + 0) = 1
                access of byte fp+0, but the stack is fp-512 to fp-1
                advice: the stack lies below r10: use negative offsets
                path:
                  0: r7 = r10             r7 = fp
                  1: r7 += -64            r7 = fp-64
                  2: *(u8 *)(r7 + 0) = 1  fp-64 = 1 byte: the number 1, 7 bytes: uninitialised
                  3: r7 += 1              r7 = fp-63
                  4: r6 = 0               r6 = the number 0
                  5: if r7 != 0 goto -4   taken
                  … 62 more iterations
                  2: *(u8 *)(r7 + 0) = 1  fp-8 = a number (any)
                  3: r7 += 1              r7 = fp
                  4: r6 = 0               r6 = the number 0
                  5: if r7 != 0 goto -4   taken
                  2: *(u8 *)(r7 + 0) = 1  refused: r7 = fp
                reason: out_of_bounds, see 'weir check --explain out_of_bounds'

                """)
    }

    @Test func explainsReasons() {
        let run = Invocation("check", "--explain", "out_of_bounds")
        #expect(run.status == .done)
        #expect(run.text.hasPrefix("## `out_of_bounds`\n\nEvery byte that is accessed must be shown to be there,"))
        #expect(run.text.contains("\nMended:\n"))
    }

    @Test func refusesProgramsAsAWhole() {
        #expect(
            check("").text
                == "standard input: the program has no instructions\nadvice: write at least r0 = 0 and exit\n")
    }

    @Test func printsStatistics() {
        let run = check(Self.safe, "--stats")
        #expect(run.status == .done)
        #expect(
            run.text.withoutDuration == """
                program         instructions  processed  states  peak  branches  stack   seconds
                standard input             4          5       0     0         1     16  T

                """)
        #expect(
            check(Self.unsafe, "--type", "xdp", "--stats").text == """
                standard input:2: 1: r2 = *(u32 *)(r1 + 76)
                no field of xdp_md is at bytes 76 to 79
                advice: sched_cls programs have one there: say which type this one is

                """)
    }

    @Test func printsJSON() {
        #expect(
            check(Self.safe, "--json").text.withoutTime
                == #"{"file": "standard input", "accepted": true, "instructions": 4, "seconds": T, "proof": "#
                + #"{"processed": 5, "states": 0, "peak_states": 0, "peak_branches": 1, "stack_bytes": 16}, "#
                + #""refusal": null}"# + "\n")
        #expect(
            check("r0 = 0\nw1 += 1\n\n exit # done\n", "--json").text.withoutTime
                == #"{"file": "standard input", "accepted": false, "instructions": 3, "seconds": T, "proof": null, "#
                + #""refusal": {"reason": "pointer_arithmetic", "instruction": 1, "slot": 1, "assembly": "w1 += 1", "#
                + #""source": {"line": 2, "text": "w1 += 1"}, "#
                + #""claim": "r1 is the context, on which 32-bit arithmetic is not allowed", "#
                + #""advice": "use the 64-bit operation", "#
                + #""assertion": {"name": "arithmetic", "registers": ["r1"], "operation": "add", "width": 32}, "#
                + #""registers": [\#(Self.known("r0", "number", "the number 0")), "#
                + #"\#(Self.known("r1", "context", "the context")), \#(Self.known("r10", "stack", "fp"))], "#
                + #""start": [\#(Self.known("r1", "context", "the context"))], "#
                + #""path": [{"instruction": 1, "slot": 1, "assembly": "w1 += 1", "#
                + #""source": {"line": 2, "text": "w1 += 1"}, "frame": 0, "taken": null, "#
                + #""before": [\#(Self.known("r1", "context", "the context"))], "after": []}], "counterexample": null}}"#
                + "\n")
    }

    private static func known(_ place: String, _ kind: String, _ text: String) -> String {
        #"{"place": "\#(place)", "frame": 0, "kind": "\#(kind)", "text": "\#(text)", "offset": 0, "minimum": 0, "#
            + #""maximum": 0, "signed_minimum": 0, "signed_maximum": 0, "possible_bits": "0x0", "#
            + #""checked_bytes": null, "map": null}"#
    }

    /// Every key of what is printed is on the page that promises them.
    @Test func keysAreDocumented() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/BPFVerifier/BPFVerifier.docc/Rejections.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let loop = "r0 = 0\nagain: r0 += 1\nif r0 != 9 goto again\nr0 = *(u8 *)(r0 + 0)\nexit"
        let output = check(Self.safe, "--json").text + check(loop, "--json").text
        let keys = Set(output.matches(of: /"([a-z_]+)":/).map { String($0.output.1) })
        #expect(keys.contains("omitted_iterations") && keys.contains("peak_branches"))
        for key in keys { #expect(text.contains("`\(key)`"), "\(key) is not on the page") }
    }

    @Test func writesCounterexamples() throws {
        let folder = try TemporaryFolder()
        try folder.write("unsafe.s", Array((".type sched_cls\n" + Self.unsafe).utf8))
        let run = Invocation("check", folder.path("unsafe.s"), "--counterexample", folder.path("packet.pcap"))
        #expect(run.status == .failed)
        #expect(
            run.text.replacing(folder.path("") + "/", with: "").hasSuffix(
                """
                advice: check that r2 + 16 <= data_end first
                counterexample: 15 bytes in packet.pcap: instruction 6: read of 4 bytes at packet+12 exceeds its 15 bytes

                """))
        let capture = try folder.contents("packet.pcap")
        #expect(capture.count == 24 + 16 + 15)
        #expect(Invocation("filter", "-r", folder.path("packet.pcap"), "--count", "len == 15").text == "1\n")
        try folder.write("odd.s", Array("r1 &= -1\nr0 = 0\nexit\n".utf8))
        let none = Invocation("check", folder.path("odd.s"), "--counterexample", folder.path("none.pcap"))
        #expect(
            none.text.hasSuffix(
                "\ncounterexample: none was found, which doesn't make the program safe; \(folder.path("none.pcap")) "
                    + "is not written\n"))
        #expect(try folder.names == ["odd.s", "packet.pcap", "unsafe.s"])
    }

    @Test func holdsUnprivilegedProgramsToMore() {
        let program = "r0 = *(u64 *)(r10 - 8)\nexit\n"
        #expect(check(program).status == .done)
        let run = check(program, "--unprivileged")
        #expect(run.status == .failed)
        #expect(
            run.text == """
                standard input:1: 0: r0 = *(u64 *)(r10 - 8)
                stack bytes fp-8 to fp-1 are read before they are written
                advice: store to all of it first

                """)
    }

    @Test func checksEveryFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("safe.s", Array(Self.safe.utf8))
        try folder.write("safe.bin", Invocation("asm", "-", input: Array(Self.safe.utf8)).output)
        try folder.write("unsafe.s", Array("exit\n".utf8))
        let run = Invocation(
            "check", folder.path("unsafe.s"), "/nowhere", folder.path("safe.bin"), folder.path("safe.s"))
        #expect(run.status == .failed)
        #expect(run.messages == "weir: /nowhere: cannot be opened: no such file or directory (ENOENT)\n")
        #expect(
            run.text.withoutDuration.replacing(folder.path("") + "/", with: "") == """
                unsafe.s:1: 0: exit
                r0 is read before it is written
                advice: set it first: it is the result of calls, and what exit returns
                safe.bin: 4 instructions, 5 processed, 0 peak states, T s
                safe.s: 4 instructions, 5 processed, 0 peak states, T s

                """)
    }

    static let refusals: [Refusal] = [
        .failure("/nowhere", message: "/nowhere: cannot be opened: no such file or directory (ENOENT)"),
        .failure(
            "-", input: "95", message: "standard input: slot 0: program has 1 bytes, which is not a multiple of 8"),
        .usage("x", "--type", "lsm", message: "the value 'lsm' is invalid for '--type <type>'"),
        .usage("x", "--json", "--stats", message: "--json, --stats and --verbose exclude each other"),
        .usage("x", "y", "--counterexample", "z", message: "--counterexample takes one program"),
        .usage("x", "--path", "full", message: "--path needs --verbose or --json"),
        .usage(message: "files are needed, or --explain and a reason"),
        .usage("x", "--explain", "complexity", message: "files are needed, or --explain and a reason"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "check") }
}

extension String {
    /// The text with times replaced.
    fileprivate var withoutDuration: String { replacing(/[0-9]+\.[0-9]+( s)?/) { "T" + ($0.output.1 ?? "") } }
}
