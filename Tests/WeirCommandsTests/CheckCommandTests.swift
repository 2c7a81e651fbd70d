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
                standard input: 6: r0 = *(u32 *)(r2 + 12)
                access of bytes 12 to 15 of the packet, but comparisons with data_end show only 14 bytes to be there
                advice: check that r2 + 16 <= data_end first

                """)
    }

    @Test func printsThePath() {
        let run = check(Self.unsafe, "--type", "sched_cls", "--verbose")
        #expect(run.status == .failed)
        #expect(
            run.text == """
                standard input: 6: r0 = *(u32 *)(r2 + 12)
                access of bytes 12 to 15 of the packet, but comparisons with data_end show only 14 bytes to be there
                advice: check that r2 + 16 <= data_end first
                path:
                  5: if r4 > r3 goto +1, not taken
                registers:
                  r0 = the number 0
                  r1 = the context
                  r2 = packet
                  r3 = data_end
                  r4 = packet+14
                  r10 = fp

                """)
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
                standard input: 1: r2 = *(u32 *)(r1 + 76)
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
            check(Self.unsafe, "--type", "sched_cls", "--json").text.withoutTime
                == #"{"file": "standard input", "accepted": false, "instructions": 8, "seconds": T, "proof": null, "#
                + #""refusal": {"reason": "out_of_bounds", "instruction": 6, "slot": 6, "text": "r0 = *(u32 *)(r2 + 12)", "#
                + #""claim": "access of bytes 12 to 15 of the packet, but comparisons with data_end show only 14 bytes "#
                + #"to be there", "#
                + #""advice": "check that r2 + 16 <= data_end first", "path": [{"instruction": 5, "taken": false}], "#
                + #""registers": {"r0": "the number 0", "r1": "the context", "r2": "packet", "r3": "data_end", "#
                + #""r4": "packet+14", "r10": "fp"}}}"# + "\n")
    }

    @Test func holdsUnprivilegedProgramsToMore() {
        let program = "r0 = *(u64 *)(r10 - 8)\nexit\n"
        #expect(check(program).status == .done)
        let run = check(program, "--unprivileged")
        #expect(run.status == .failed)
        #expect(
            run.text == """
                standard input: 0: r0 = *(u64 *)(r10 - 8)
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
                unsafe.s: 0: exit
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
        .usage(message: "missing expected argument '<files> ...'"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "check") }
}

extension String {
    /// The text with times replaced.
    fileprivate var withoutDuration: String { replacing(/[0-9]+\.[0-9]+( s)?/) { "T" + ($0.output.1 ?? "") } }
}
