import BPFModel
import BPFText
import BPFVerifier
import Foundation
import Testing

/// The page about rejections says what the verifier says.
@Suite struct RejectionPageTests {
    /// The programs and texts of a section: refused, what is said, mended.
    private func blocks(of reason: VerifierRejection.Reason) -> [String] {
        var blocks: [String] = []
        for (number, block) in reason.explanation.components(separatedBy: "```").enumerated()
        where !number.isMultiple(of: 2) {
            blocks.append(String(block.drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed()))
        }
        return blocks
    }

    @Test func everyReasonHasASection() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/BPFVerifier/BPFVerifier.docc/Rejections.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        let headings = lines.filter { $0.hasPrefix("## `") }.map { $0.dropFirst(4).dropLast() }
        #expect(headings.count == Set(headings).count)
        #expect(Set(headings.map(String.init)) == Set(VerifierRejection.Reason.allCases.map(\.rawValue)))
    }

    @Test(arguments: VerifierRejection.Reason.allCases)
    func saysWhatTheVerifierSays(_ reason: VerifierRejection.Reason) throws {
        let blocks = blocks(of: reason)
        try #require(blocks.count == 3)
        let isUnprivileged = reason.explanation.contains("Refused to unprivileged loaders:")
        let verifier = Verifier(isUnprivileged ? .unprivileged : Verifier.Options())
        let spec = try ProgramSpec(assembly: blocks[0])
        do throws(VerifierRejection) {
            _ = try verifier.verify(spec)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == reason)
            var options = Disassembler.Options.readable
            options.mapNames = spec.maps.mapValues(\.name)
            let text = error.lines { Disassembler(options).text(of: $0) }.joined(separator: "\n")
            #expect(text == blocks[1])
        }
        let mended = try ProgramSpec(assembly: blocks[2])
        #expect(throws: Never.self) { try verifier.verify(mended) }
    }
}
