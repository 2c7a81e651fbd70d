import BPFModel

/// Puts blocks one behind the other and turns their exits into jumps.
///
/// A jump to the next block costs nothing. A branch takes one instruction where one side is the next block, else two; it skips at
/// most 255 classic instructions, so 16 bits always reach. An unconditional jump may need 32.
struct ClassicLayout {
    /// The program, in which every instruction takes one slot.
    private(set) var instructions: [Instruction] = []
    /// The slot each block starts at, and past the last the total.
    let starts: [Int]

    init(_ blocks: [ClassicBlock]) throws(ClassicTranslationError) {
        var blockOfSource: [Int: Int] = [:]
        for (position, block) in blocks.enumerated() {
            if let source = block.source { blockOfSource[source] = position }
        }
        let exits = blocks.enumerated().map { position, block in
            Exit(block.exit, at: position, blockOfSource)
        }
        var starts = [0]
        for (block, exit) in zip(blocks, exits) {
            starts.append((starts.last ?? 0) + block.instructions.count + exit.length)
        }
        self.starts = starts
        guard let count = starts.last, count <= ProgramLimits.slots else { throw .tooLong(starts.last ?? 0) }
        instructions.reserveCapacity(count)
        for (block, exit) in zip(blocks, exits) {
            instructions += block.instructions
            instructions += exit.instructions(at: instructions.count, starts)
        }
    }

    /// How control leaves a block, by the positions of blocks.
    private enum Exit {
        case none
        case jump(to: Int)
        case branch(BranchCondition, Operand, to: Int)
        case either(BranchCondition, Operand, ifTrue: Int, ifFalse: Int)

        init(_ exit: ClassicBlock.Exit, at position: Int, _ blockOfSource: [Int: Int]) {
            // Every target of an exit is reached, and so has a block.
            func block(_ source: Int) -> Int { blockOfSource[source] ?? position }
            switch exit {
            case .end: self = .none
            case .goto(let target): self = block(target) == position + 1 ? .none : .jump(to: block(target))
            case .branch(let condition, let operand, let ifTrue, let ifFalse):
                if block(ifFalse) == position + 1 {
                    self = .branch(condition, operand, to: block(ifTrue))
                } else if block(ifTrue) == position + 1, let opposite = condition.negated {
                    self = .branch(opposite, operand, to: block(ifFalse))
                } else {
                    self = .either(condition, operand, ifTrue: block(ifTrue), ifFalse: block(ifFalse))
                }
            }
        }

        var length: Int {
            switch self {
            case .none: 0
            case .jump, .branch: 1
            case .either: 2
            }
        }

        func instructions(at slot: Int, _ starts: [Int]) -> [Instruction] {
            func jump(to block: Int, at slot: Int) -> Instruction {
                let distance = starts[block] - (slot + 1)
                return Int16(exactly: distance).map { .jump($0) } ?? .longJump(Int32(truncatingIfNeeded: distance))
            }
            func branch(_ condition: BranchCondition, _ operand: Operand, to block: Int) -> Instruction {
                let skip = Int16(truncatingIfNeeded: starts[block] - (slot + 1))
                return .jump32(if: condition, ClassicLowering.a, operand, skip: skip)
            }
            switch self {
            case .none: return []
            case .jump(let block): return [jump(to: block, at: slot)]
            case .branch(let condition, let operand, let block): return [branch(condition, operand, to: block)]
            case .either(let condition, let operand, let ifTrue, let ifFalse):
                return [branch(condition, operand, to: ifTrue), jump(to: ifFalse, at: slot + 1)]
            }
        }
    }
}
