import BPFModel
import BPFText
import TestKit
import Testing

/// Whatever happens to a text, reading it ends in a program or in an error with a place and a message.
@Suite struct TextMutationTests {
    static let batches = 20
    static let textsInBatch = 5000

    @Test(arguments: 0..<batches)
    func mutatedTexts(batch: Int) {
        let seed = UInt64(batch)
        var random = SeededRandom(seed: seed)
        let texts = Self.originals.map { Array($0.utf8) }
        for number in 0..<Self.textsInBatch {
            let text = String(decoding: Self.mutate(random.pick(texts), &random), as: UTF8.self)
            do {
                let program = try Assembler.assemble(text)
                if program.lines.count != program.code.count { Issue.record("seed \(seed), text \(number): \(text)") }
                guard random.oneIn(50) else { continue }
                let again = try Assembler.assemble(Disassembler().lines(of: program.code).joined(separator: "\n"))
                if again.code != program.code { Issue.record("seed \(seed), text \(number): \(text)") }
            } catch {
                let clean = error.problems.allSatisfy {
                    $0.position.line >= 1 && $0.position.column >= 1 && !$0.message.isEmpty
                }
                if error.problems.isEmpty || !clean { Issue.record("seed \(seed), text \(number): \(text)") }
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

    private static func mutate(_ original: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var text = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: text.removeSubrange(start..<end)
            case 1: text.replaceSubrange(start..<end, with: Array(random.pick(pieces).utf8))
            case 2: text.insert(contentsOf: Array(random.pick(pieces).utf8), at: start)
            case 3: text.insert(contentsOf: text[start..<end], at: Int.random(in: 0...text.count, using: &random))
            default: text.replaceSubrange(start..<end, with: random.bytes(1))
            }
        }
        return text
    }
}
