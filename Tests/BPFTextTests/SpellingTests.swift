import BPFModel
import BPFText
import Testing

/// Every instruction as it is written, both ways.
@Suite struct SpellingTests {
    @Test func disassemblerPrintsLLVMsSyntax() {
        let disassembler = Disassembler()
        for spelling in Spelling.all { #expect(disassembler.text(of: spelling.instruction) == spelling.llvm) }
    }

    @Test func assemblerReadsEverySpelling() throws {
        for spelling in Spelling.all {
            for text in [spelling.llvm] + spelling.others {
                #expect(try Array(Assembler.assemble(text).code) == [spelling.instruction], "\(text)")
            }
        }
    }

    @Test(arguments: Row.all)
    func everyOpcodeIsInTheTable(row: Row) {
        let covered = Spelling.all.contains { $0.instruction.slots.first?.opcode == row.opcode }
        #expect(covered, "no spelling for \(row)")
    }

    /// Every spelling differs from every other: nothing is read as two things.
    @Test func spellingsAreUnambiguous() {
        var meanings: [String: Instruction] = [:]
        for spelling in Spelling.all {
            for text in [spelling.llvm] + spelling.others {
                #expect(meanings[text] ?? spelling.instruction == spelling.instruction, "\(text)")
                meanings[text] = spelling.instruction
            }
        }
    }
}

/// A row of the opcode table, as tests name it.
struct Row: CustomTestStringConvertible, CustomStringConvertible, Sendable {
    let spec: InstructionSpec
    var opcode: UInt8 { spec.opcode }

    static let all = InstructionSpec.all.map(Row.init)

    var description: String { "0x\(String(opcode, radix: 16)) \(spec.form)" }
    var testDescription: String { description }
}
