import BPFModel
import BPFText
import TestKit
import Testing

/// Whatever happens to a text, reading it ends in a program or in an error with a place and a message.
@Suite struct TextMutationTests {
    @Test func mutatedTexts() {
        var random = Mutation.random("assembly texts")
        let originals = Self.originals.map { Array($0.utf8) }
        for number in 0..<Mutation.count {
            let bytes = Self.mutate(random.pick(originals), originals, &random)
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                let program = try Assembler.assemble(text)
                #expect(program.lines.count == program.code.count, "input \(number): \(text)")
                guard random.oneIn(50) else { continue }
                let again = try Assembler.assemble(Disassembler().lines(of: program.code).joined(separator: "\n"))
                #expect(again.code == program.code, "input \(number): \(text)")
            } catch {
                let isClean = error.problems.allSatisfy {
                    $0.position.line >= 1 && $0.position.column >= 1 && !$0.message.isEmpty
                }
                if error.problems.isEmpty || !isClean { Issue.record("input \(number): \(text)") }
            }
        }
    }

    private static let originals: [String] =
        stride(from: 0, to: Spelling.all.count, by: 3).map { start in
            Spelling.all[start..<min(start + 3, Spelling.all.count)].enumerated().map { index, spelling in
                index.isMultiple(of: 2) ? spelling.llvm : spelling.others.first ?? spelling.llvm
            }.joined(separator: "\n")
        } + [
            ".name x\n.type xdp\n.license \"GPL\"\n.map m hash key 4 value 8 entries 9\nr1 = map m\nl: goto l",
            ".equ A, 0x10\nr1 = A ll /* b */\nif r1 == -A goto e; call bpf_ktime_get_ns#5\ne: exit # c",
        ]

    private static let pieces = [
        "r1", "w11", "=", "+=", "s>", "*", "(u32 *)", "(", ")", "[", "]", ",", ":", "#", "\"", "/*", "*/", "//", ";",
        "\n", "ll", "goto", "map", "call", "-", "+", "0x", "99999999999999999999", ".equ", "é", "\0", "\\", "lock ",
        "-9223372036854775808", "65536", "pc", "0:", "18 11 00 00 03 00 00 00 ", "exit", "local", "kfunc#", "skb[",
    ]

    /// Damage as every input gets it, or a piece of the language where it doesn't belong.
    private static func mutate(
        _ original: [UInt8], _ others: [[UInt8]], _ random: inout SeededRandom
    ) -> [UInt8] {
        if random.oneIn(2) { return random.mutation(of: original, splicing: others) }
        var text = original
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...6, using: &random))
            text.replaceSubrange(start..<end, with: Array(random.pick(pieces).utf8))
        }
        return text
    }
}
