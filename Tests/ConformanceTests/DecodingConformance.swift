import BPFModel
import Foundation
import TestKit
import Testing

/// A program of the collection of reserved fields.
private struct ReservedCase: Decodable {
    var name: String
    var insns: String
}

/// One instruction of the opcode matrix, and what Linux says of it.
private struct EncodingCase: Decodable {
    var op: String
    var variant: String
    var insn: String
    var verdict: String
    var err: String?

    var name: String { "\(op) \(variant)" }

    /// What a decoder by Linux's rules says; nil where Linux stopped before it looked at the fields.
    var expected: String? {
        guard let err else { return "decodes" }
        if err.contains("jump out of range") { return nil }
        let rules = [
            "unknown opcode", "uses reserved fields", "uses invalid atomic opcode", "invalid atomic operand size",
            "unrecognized bpf_ld_imm64",
        ]
        let isRefused = rules.contains { err.contains($0) } || err.wholeMatch(of: /R1[1-5] is invalid/) != nil
        return isRefused ? "refused" : "decodes"
    }
}

/// What the decoder says of an encoding.
private func decoding(of hex: String) -> String {
    guard let bytes = [UInt8](hex: hex) else { return "no hex" }
    do {
        _ = try InstructionSequence(decoding: bytes)
        return "decodes"
    } catch {
        return "refused"
    }
}

@Suite struct DecodingConformance {
    /// Fields that must be zero and aren't.
    @Test func reservedFields() throws {
        let agreement = Agreement("bpf_conformance_reserved.jsonl", engine: "decoder")
        for `case` in try SharedData.conformance("bpf_conformance_reserved.jsonl", as: ReservedCase.self) {
            agreement.compare(`case`.name, expected: "refused", found: decoding(of: `case`.insns))
        }
        #expect(agreement.report().isEmpty)
    }

    /// Every opcode with every field varied: what Linux refuses as an encoding is refused, what it accepts decodes, and
    /// so does what it refuses for what it does.
    @Test func opcodeMatrix() throws {
        let agreement = Agreement("opcode_matrix.jsonl", engine: "decoder")
        var differing: [String: Int] = [:]
        for `case` in try SharedData.conformance("opcode_matrix.jsonl", as: EncodingCase.self) {
            guard let expected = `case`.expected else { continue }
            let found = decoding(of: `case`.insn)
            if found != expected, let reason = Self.knownDifferences[`case`.op] {
                differing[reason, default: 0] += 1
            } else {
                agreement.compare("\(`case`.name) (\(`case`.err ?? "accepted"))", expected: expected, found: found)
            }
        }
        #expect(agreement.report().isEmpty)
        for (reason, count) in differing.sorted(by: { $0.key < $1.key }) {
            print("  known difference, \(count) cases: \(reason)")
        }
        #expect(differing.isEmpty || differing.count == Self.knownDifferences.count, "a known difference is gone")
    }

    /// Where the decoder knowingly refuses what Linux takes, by opcode.
    private static let knownDifferences = [
        "0x95": "exit with an offset: Linux doesn't look, RFC 9669 and its conformance suite want zero",
        "0xbf": "addr_space_cast: an extension of Linux for arenas, which there are none of here",
        "0xe5": "may_goto: an extension of Linux that counts at run time, where nothing is checked here",
    ]
}
