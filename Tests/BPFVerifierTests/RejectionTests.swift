import BPFModel
import BPFText
import BPFVerifier
import Testing

/// Every refusal says exactly what it should.
@Suite struct RejectionTests {
    @Test(arguments: RejectionCase.all) func isRefused(_ test: RejectionCase) throws {
        let rejection = try #require(try test.rejection(), "accepted")
        #expect(Self.lines(of: rejection) == test.lines)
        #expect(rejection.reason.rawValue == test.reason, "the case belongs into another file")
    }

    /// What unprivileged loaders are refused, privileged ones may do.
    @Test func privilegeMakesTheDifference() throws {
        for test in RejectionCase.all where !test.options.mayLeakPointers && test.reason == "pointer_leak" {
            #expect(throws: Never.self) { try Verifier().verify(ProgramSpec(assembly: test.program)) }
        }
    }

    /// Instructions put together by hand, which no assembly stands for.
    static let withoutOpcode: [(Instruction, String)] = [
        (.load(.double, signExtended: true, .r0, base: .r10, offset: -8), "r0 = *(s64 *)(r10 - 8)"),
        (.moveSignExtended(.bits32, .word, .r0, .r10), "w0 = (s32)w10"),
        (.loadPacket(.double, .absolute(0)), "r0 = *(u64 *)skb[0]"),
    ]

    @Test(arguments: withoutOpcode) func isRefusedWithoutOpcode(_ instruction: Instruction, _ text: String) throws {
        let rejection = try #require(Self.rejection([.move(.r0, 0), instruction, .exit]), "accepted")
        #expect(rejection.reason == .unsupported)
        #expect(
            Self.lines(of: rejection) == [
                "1: \(text)", "no opcode stands for this instruction",
                "advice: use one that can be encoded: bytes, half words and words are sign-extended, "
                    + "double words are not",
            ])
    }

    @Test func isRefusedWhenTooLong() throws {
        let code = [Instruction](repeating: .move(.r0, 0), count: ProgramLimits.unprivilegedSlots) + [.exit]
        let rejection = try #require(Self.rejection(code, .unprivileged), "accepted")
        #expect(rejection.reason == .complexity)
        #expect(
            Self.lines(of: rejection) == [
                "the program has 4097 slots, the limit is 4096", "advice: split the program, or load it with privilege",
            ])
    }

    /// Texts that only the tests above meet, and those that nothing can meet yet, with the reason.
    static let metElsewhere: Set<Finding> = [.notEncodable, .tooLong]

    /// No text is without a case, so none changes unseen.
    @Test func everyTextIsMet() throws {
        let met = Set(try RejectionCase.all.compactMap { try $0.rejection()?.finding })
        #expect(Set(Finding.allCases).subtracting(met) == Self.metElsewhere)
    }

    private static func rejection(
        _ code: [Instruction], _ options: Verifier.Options = Verifier.Options()
    ) -> VerifierRejection? {
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(ProgramSpec(type: .socketFilter, code: InstructionSequence(code)))
            return nil
        } catch {
            return error
        }
    }

    private static func lines(of rejection: VerifierRejection) -> [String] {
        var options = Disassembler.Options.readable
        options.mapNames = rejection.program.maps.mapValues(\.name)
        return rejection.lines { Disassembler(options).text(of: $0) }
    }
}
