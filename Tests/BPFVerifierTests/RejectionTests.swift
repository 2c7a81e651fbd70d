import BPFModel
import BPFText
import BPFVerifier
import Testing

/// A program that is refused, and what is said about it.
struct RejectionCase: CustomTestStringConvertible {
    let name: String
    let type: ProgramType
    let program: String
    let lines: [String]

    init(_ name: String, type: ProgramType = .socketFilter, _ program: String, rejection lines: [String]) {
        self.name = name
        self.type = type
        self.program = program
        self.lines = lines
    }

    var testDescription: String { name }

    static let all = registers + stack + packets + maps
}

/// Every refusal says exactly what it should.
@Suite struct RejectionTests {
    @Test(arguments: RejectionCase.all) func isRefused(_ test: RejectionCase) throws {
        try expectRefused(test, Verifier.Options())
    }

    @Test(arguments: RejectionCase.unprivileged) func isRefusedToUnprivilegedLoaders(_ test: RejectionCase) throws {
        _ = try Verifier().verify(ProgramSpec(assembly: test.program, type: test.type))
        try expectRefused(test, .unprivileged)
    }

    @Test(arguments: [
        (Instruction.load(.double, signExtended: true, .r0, base: .r10, offset: -8), "r0 = *(s64 *)(r10 - 8)"),
        (.moveSignExtended(.bits32, .word, .r0, .r10), "w0 = (s32)w10"),
        (.loadPacket(.double, .absolute(0)), "r0 = *(u64 *)skb[0]"),
    ])
    func isRefusedWithoutOpcode(_ instruction: Instruction, _ text: String) throws {
        let spec = ProgramSpec(type: .socketFilter, code: [.move(.r0, 0), instruction, .exit])
        do throws(VerifierRejection) {
            _ = try Verifier().verify(spec)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == .unsupported)
            #expect(
                error.lines { Disassembler().text(of: $0) } == [
                    "1: \(text)", "no opcode stands for this instruction",
                    "advice: use one that can be encoded: bytes, half words and words are sign-extended, "
                        + "double words are not",
                ])
        }
    }

    private func expectRefused(_ test: RejectionCase, _ options: Verifier.Options) throws {
        let spec = try ProgramSpec(assembly: test.program, type: test.type)
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            Issue.record("accepted")
        } catch {
            let lines = error.lines { Disassembler().text(of: $0) }
            #expect(lines == test.lines)
        }
    }
}
