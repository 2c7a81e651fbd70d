import BPFModel
import BPFText
import TestKit
import Testing

/// What the disassembler prints, the assembler reads as the same program.
@Suite struct RoundTripTests {
    static let optionSets: [Disassembler.Options] = {
        var sets: [Disassembler.Options] = []
        for bits in 0..<16 {
            var options = Disassembler.Options()
            options.slotNumbers = bits & 1 != 0
            options.bytes = bits & 2 != 0
            options.labels = bits & 4 != 0
            options.helperNames = bits & 8 != 0
            sets.append(options)
        }
        return sets
    }()

    @Test(arguments: Row.all)
    func everyRow(row: Row) throws {
        let seed = UInt64(row.opcode)
        var random = SeededRandom(seed: seed)
        let disassembler = Disassembler()
        for _ in 0..<100 {
            let instruction = random.instruction(row.spec.form)
            let text = disassembler.text(of: instruction)
            let read = try Assembler.assemble(text)
            #expect(Array(read.code) == [instruction], "\(text), seed \(seed)")
        }
    }

    @Test(arguments: optionSets)
    func randomPrograms(options: Disassembler.Options) throws {
        for seed in UInt64(0)..<60 {
            var random = SeededRandom(seed: seed)
            let instructions = (0..<Int.random(in: 0..<40, using: &random)).map { _ in random.instruction() }
            let code = InstructionSequence(instructions)
            let lines = Disassembler(options).lines(of: code)
            let read = try Assembler.assemble(lines.joined(separator: "\n"))
            #expect(read.code == code, "seed \(seed)")
        }
    }
}
