import BPFModel
import BPFText
import Testing

/// A text and what is said about it.
struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let message: String
    var testDescription: String { text }

    init(_ text: String, _ message: String) {
        self.text = text
        self.message = message
    }
}

/// Every message of the assembler, exactly.
@Suite struct ErrorTests {
    @Test(arguments: Mistake.all)
    func message(mistake: Mistake) {
        #expect(throws: AssemblyError.self) { try Assembler.assemble(mistake.text) }
        do {
            _ = try Assembler.assemble(mistake.text)
        } catch {
            #expect("\(error)" == mistake.message)
        }
    }

    @Test func everyMistakeIsReportedInOrder() {
        let text = "goto nowhere\nr0 = \nmov r0, r11\nexit"
        let message = """
            bad.bpf:1:6: unknown label 'nowhere'
            bad.bpf:2:6: expected a value, found the end of the statement
            bad.bpf:3:9: register r11 does not exist, the last is r10
            """
        do {
            _ = try Assembler.assemble(text, source: "bad.bpf")
            Issue.record("must be refused")
        } catch {
            #expect("\(error)" == message)
            #expect(error.problems.map(\.position) == [(1, 6), (2, 6), (3, 9)].map(SourcePosition.init))
            #expect(!error.isIncomplete)
        }
    }

    @Test func theFirstMistakesAreReported() {
        do {
            _ = try Assembler.assemble(String(repeating: "x\n", count: 25))
            Issue.record("must be refused")
        } catch {
            #expect(error.problems.count == AssemblyError.limit)
            #expect(error.isIncomplete)
            #expect("\(error)".hasSuffix("20:1: unknown mnemonic 'x'\nstopped after 20 mistakes"))
        }
    }

    /// The limits of distances, to the slot.
    @Test(arguments: [32767, 32768])
    func farLabels(distance: Int) throws {
        let filler = String(repeating: "exit;", count: distance)
        if distance == 32767 {
            #expect(try Assembler.assemble("goto x;\(filler)\nx:").code.first == .jump(32767))
            #expect(try Assembler.assemble("x: \(filler)\ngoto x").code.last == .jump(-32768))
            return
        }
        #expect(try Assembler.assemble("gotol x;\(filler)\nx:").code.first == .longJump(32768))
        expect(
            "goto x;\(filler)\nx:", "1:6: jump to 'x' is 32768 slots away, the limit is 32767: use gotol")
        expect(
            "if r1 == 0 goto x;\(filler)\nx:",
            "1:17: jump to 'x' is 32768 slots away, the limit is 32767: jump over a gotol on the opposite condition")
        expect("x: \(filler)\ngoto x", "2:6: jump to 'x' is -32769 slots away, the limit is -32768: use gotol")
    }

    private func expect(_ text: String, _ message: String) {
        do {
            _ = try Assembler.assemble(text)
            Issue.record("must be refused: \(message)")
        } catch {
            #expect("\(error)" == message)
        }
    }
}
