import Foundation
import Testing
import WeirCommands

/// `weir asm` and `weir disasm`.
@Suite struct ProgramCommandTests {
    static let assembly = "r0 = *(u32 *)(r1 + 0)\nif r0 > 5 goto done\nr0 = 0x123456789 ll\ndone: exit\n"
    static let slots = [
        "6110000000000000", "2500020005000000", "1800000089674523", "0000000001000000", "9500000000000000",
    ]
    static let binary = slots.flatMap { Hexadecimal.bytes($0) ?? [] }

    private func assemble(_ arguments: String..., terminal: Bool = false) -> Invocation {
        Invocation(
            ["asm", "-"] + arguments, input: Array(Self.assembly.utf8),
            terminals: Console.Terminals(output: terminal))
    }

    @Test func assemblesToInstructions() {
        #expect(assemble().output == Self.binary)
        #expect(assemble("--format", "bin", terminal: true).output == Self.binary)
    }

    @Test func assemblesToHexadecimal() {
        let text = Self.slots.map { $0 + "\n" }.joined()
        #expect(assemble("--format", "hex").text == text)
        #expect(assemble(terminal: true).text == text)
    }

    @Test func assemblesToC() {
        #expect(
            assemble("--format", "c").text == """
                { .code = 0x61, .dst_reg = 0, .src_reg = 1, .off = 0, .imm = 0 }, /* r0 = *(u32 *)(r1 + 0) */
                { .code = 0x25, .dst_reg = 0, .src_reg = 0, .off = 2, .imm = 5 }, /* if r0 > 5 goto +2 */
                { .code = 0x18, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 591751049 }, /* r0 = 0x123456789 ll */
                { .code = 0x00, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 1 },
                { .code = 0x95, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0 }, /* exit */

                """)
    }

    @Test func assemblesToJSON() {
        let program = """
            .name count
            .type xdp
            .map hits hash key 4 value 8 entries 16
            r0 = 2
            exit
            """
        let run = Invocation("asm", "-", "--format", "json", input: Array(program.utf8))
        #expect(
            run.text == #"{"name": "count", "type": "xdp", "license": "GPL", "maps": [{"number": 1, "name": "hits", "#
                + #""type": "hash", "key_size": 4, "value_size": 8, "max_entries": 16, "flags": 0}], "#
                + #""instructions": [{"slot": 0, "opcode": 183, "dst": 0, "src": 0, "off": 0, "imm": 2, "#
                + #""text": "r0 = 2"}, {"slot": 1, "opcode": 149, "dst": 0, "src": 0, "off": 0, "imm": 0, "#
                + #""text": "exit"}]}"# + "\n")
    }

    @Test func assemblesToAFile() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("program.bin")
        let run = assemble("-o", file, terminal: true)
        #expect(run.status == .done)
        #expect(run.output == [])
        #expect(try folder.contents("program.bin") == Self.binary)
    }

    static let listing = """
            r0 = *(u32 *)(r1 + 0)
            if r0 > 5 goto l1
            r0 = 0x123456789 ll
        l1:
            exit

        """

    @Test func disassembles() throws {
        #expect(Invocation("disasm", "-", input: Self.binary).text == Self.listing)
        #expect(Invocation("disasm", "--hex", Self.slots.joined(separator: " ")).text == Self.listing)
        #expect(Invocation("disasm", "-", input: Array(Self.slots.joined(separator: "\n").utf8)).text == Self.listing)
        let folder = try TemporaryFolder()
        try folder.write("program.bin", Self.binary)
        #expect(Invocation("disasm", folder.path("program.bin")).text == Self.listing)
        #expect(Invocation("disasm", "-").text == "")
    }

    @Test func disassemblesWithBytes() {
        #expect(
            Invocation("disasm", "--bytes", "--hex", "b700000001000000 9500000000000000").text
                == "0: b7 00 00 00 01 00 00 00  r0 = 1\n1: 95 00 00 00 00 00 00 00  exit\n")
    }

    @Test func disassemblesToFields() {
        #expect(
            Invocation("disasm", "--raw", "--hex", "ffabfeff01000080").text
                == "0: ffabfeff01000080 opcode=0xff dst=11 src=10 off=-2 imm=-2147483647\n")
    }

    @Test func disassemblesToJSON() {
        #expect(
            Invocation("disasm", "--json", "--hex", "9500000000000000").text
                == #"[{"slot": 0, "opcode": 149, "dst": 0, "src": 0, "off": 0, "imm": 0, "text": "exit"}]"# + "\n")
    }

    static let asmRefusals: [Refusal] = [
        .failure(
            "-", input: "r0 = x\nr1 = y\n",
            message: "standard input:1:6: expected a value, found 'x', which no .equ before it defines\n"
                + "standard input:2:6: expected a value, found 'y', which no .equ before it defines"),
        .failure("-", input: "\u{1b}", message: #"standard input:1:1: unexpected character '\x1b'"#),
        .failure("/nowhere/x.s", message: "/nowhere/x.s: cannot be opened: no such file or directory (ENOENT)"),
        .usage(
            "-", "--format", "elf",
            message: "the value 'elf' is invalid for '--format <format>'. Please provide one of 'bin', 'hex', 'c' or "
                + "'json'"),
        .usage(message: "missing expected argument '<file>'"),
    ]

    @Test(arguments: asmRefusals)
    func asmRefuses(_ refusal: Refusal) { refusal.verify(command: "asm") }

    static let disasmRefusals: [Refusal] = [
        .usage(message: "a file or --hex is needed, and not both"),
        .usage("x", "--hex", "00", message: "a file or --hex is needed, and not both"),
        .usage("x", "--raw", "--json", message: "--bytes, --raw and --json exclude each other"),
        .failure("--hex", "9", message: "--hex: is not bytes in hexadecimal; write two digits for each byte"),
        .failure("--hex", "ff00000000000000", message: "--hex: slot 0: unknown opcode 0xff"),
        .failure(
            "-", input: "exit\n", message: "standard input: slot 0: program has 5 bytes, which is not a multiple of 8"),
    ]

    @Test(arguments: disasmRefusals)
    func disasmRefuses(_ refusal: Refusal) { refusal.verify(command: "disasm") }

    @Test func notText() {
        let run = Invocation("asm", "-", input: [0xff, 0xfe])
        #expect(run.status == .failed)
        #expect(run.messages == "weir: -: is not text in UTF-8; assembly and expressions are\n")
    }
}
