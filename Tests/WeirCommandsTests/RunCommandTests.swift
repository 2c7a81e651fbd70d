import Testing
import WeirCommands

@Suite struct RunCommandTests {
    /// Runs a program given as text on standard input.
    private func run(_ program: String, _ arguments: String...) -> Invocation {
        Invocation(["run", "-"] + arguments, input: Array(program.utf8))
    }

    static let sum = "r0 = *(u8 *)(r1 + 3)\nr0 += r2\nexit\n"

    @Test(arguments: ["interpreter", "reference"])
    func printsR0(engine: String) {
        let run = run(Self.sum, "--mem", "01 02 03 fe", "--engine", engine)
        #expect(run.status == .done)
        #expect(run.text == "258 (0x102)\n")
        #expect(run.messages == "")
    }

    @Test func printsJSON() {
        let run = run("*(u8 *)(r1 + 0) = 7\nr0 = -1\nexit\n", "--mem", "0102", "--json")
        #expect(
            run.text
                == #"{"r0": 18446744073709551615, "r0_hex": "0xffffffffffffffff", "memory": "0702", "#
                + #""engine": "interpreter", "verified": true}"# + "\n")
    }

    @Test func runsOnAPacket() {
        let program = "r6 = r1\nr0 = *(u16 *)skb[12]\nexit\n"
        let run = run(program, "--type", "socket_filter", "--mem", "00000000000000000000000086dd")
        #expect(run.text == "34525 (0x86dd)\n")
    }

    @Test(arguments: ["kprobe", "tracepoint", "raw_tracepoint", "seccomp"])
    func runsOnAnEvent(type: String) {
        let run = run("r0 = *(u32 *)(r1 + 8)\nexit\n", "--type", type, "--mem", "0000000000000000010203")
        #expect(run.text == "197121 (0x30201)\n")
        #expect(self.run("r0 = *(u32 *)(r1 + 8)\nexit\n", "--type", type).text == "0 (0x0)\n")
    }

    /// Results have names, and what became of the packet is told.
    @Test(
        arguments: [
            ("r0 = 2\nexit\n", "xdp", "2 (0x2), XDP_PASS\n"),
            ("r0 = -1\nexit\n", "sched_cls", "18446744073709551615 (0xffffffffffffffff), TC_ACT_UNSPEC\n"),
            ("r0 = 9\nexit\n", "xdp", "9 (0x9)\n"),
            (
                "r2 = -2\ncall 44\nr0 = 3\nexit\n", "xdp",
                "3 (0x3), XDP_TX\npacket 000000000000000000000000000086dd\n"
            ),
            ("r2 = -4\ncall 54\nr0 = 2\nexit\n", "xdp", "2 (0x2), XDP_PASS\nmetadata 00000000\n"),
            (
                "r2 = 0x81\nr3 = 7\ncall 18\nr0 = 0\nexit\n", "sched_cls",
                "0 (0x0), TC_ACT_OK\nVLAN tag 0x8100 7\n"
            ),
            (
                "r1 = 3\nr2 = 1\ncall 23\nexit\n", "sched_cls",
                "7 (0x7), TC_ACT_REDIRECT\nredirect into interface 3\n"
            ),
        ] as [(String, String, String)])
    func namesActions(program: String, type: String, text: String) {
        let run = run(program, "--type", type, "--mem", "00000000000000000000000086dd")
        #expect(run.text == text)
        #expect(run.messages == "")
    }

    @Test func actionsAsJSON() {
        let program = "r1 = 3\nr2 = 0\ncall 23\nexit\n"
        let run = run(program, "--type", "xdp", "--mem", "00000000000000000000000086dd", "--json")
        #expect(run.text.contains(#""action": "XDP_REDIRECT", "redirect": "out of interface 3""#))
    }

    @Test func runsBinaries() {
        let binary = Invocation("asm", "-", input: Array(Self.sum.utf8)).output
        #expect(Invocation("run", "-", "-m", "01020304", input: binary).text == "8 (0x8)\n")
        let digits = Array(Hexadecimal.digits(binary).utf8)
        #expect(Invocation("run", "-", "-m", "01020304", input: digits).text == "8 (0x8)\n")
    }

    @Test func whatIsNotProvedDoesNotRun() {
        let program = "r0 = *(u8 *)(r1 + 9)\nexit\n"
        let refused = run(program, "--mem", "0102")
        #expect(refused.status == .failed)
        #expect(refused.text == "")
        #expect(refused.messages.hasPrefix("weir: standard input: the verifier refuses the program\n0: r0 = "))
        let stopped = run(program, "--mem", "0102", "--unverified")
        #expect(stopped.status == .failed)
        #expect(
            stopped.messages == "weir: standard input: instruction 0: read of 1 bytes at memory+9 exceeds its 2 bytes\n"
        )
        let fine = run(program, "--mem", "00112233445566778899", "--unverified", "--json")
        #expect(fine.text.contains(#""r0": 153"#))
        #expect(fine.text.contains(#""engine": "reference", "verified": false"#))
    }

    static let refusals: [Refusal] = [
        .failure("-", "--mem", "1", message: "--mem: is not bytes in hexadecimal; write two digits for each byte"),
        .failure("/nowhere", message: "/nowhere: cannot be opened: no such file or directory (ENOENT)"),
        .usage(
            "x", "--engine", "jit",
            message: "the value 'jit' is invalid for '--engine <engine>'. Please provide one of 'reference' and "
                + "'interpreter'"),
        .usage("x", "--type", "lsm", message: "the value 'lsm' is invalid for '--type <type>'"),
        .usage(
            "x", "--unverified", "--engine", "interpreter",
            message: "--unverified excludes the interpreter, which runs only what is proved safe"),
        .usage(message: "missing expected argument '<program>'"),
    ]

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) { refusal.verify(command: "run") }
}
