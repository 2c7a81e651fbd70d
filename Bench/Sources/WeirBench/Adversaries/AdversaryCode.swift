import Weir

/// The instructions of the programs that are made to cost as much as possible.
enum AdversaryCode {
    /// `r6` is the context, `r7` a number that starts at 0, `r9` the address of a large value.
    static let prologue: [Instruction] = [
        .move(.r6, .register(.r1)), .move(.r7, 0), .loadWide(.r9, .mapValue(1, offset: 0)), .move(.r8, 0),
    ]

    /// Each branch adds another power of two to `r7`, which is an offset into the value at last.
    static let explosion: [Instruction] =
        (0..<24).flatMap { bit -> [Instruction] in
            [
                .load(.word, .r0, .r6, 8),
                .jump(if: .equal, .r0, .immediate(Int32(bit)), skip: 1), .alu(.add, .r7, .immediate(1 << Int32(bit))),
            ]
        } + [.alu(.add, .r9, .register(.r7)), .load(.byte, .r0, .r9, 0)]

    static let fullStack: [Instruction] = (1...64).flatMap { slot -> [Instruction] in
        [.load(.word, .r0, .r6, 8), .store(.double, .r10, Int16(-8 * slot), .register(.r0))]
    }

    static let end: [Instruction] = [.move(.r0, 0), .exit]

    /// Seven functions that do nothing but call the next one, and one in which the paths explode.
    static let nested: [Instruction] = {
        var code: [Instruction] = []
        for depth in 0..<8 {
            code += [.move(.r6, .register(.r1))]
            for slot in 1...7 {
                code += [.load(.word, .r0, .r6, 8), .store(.double, .r10, Int16(-8 * slot), .register(.r0))]
            }
            if depth < 7 { code += [.move(.r1, .register(.r6)), .call(.local(2))] + end }
        }
        return code + prologue.dropFirst() + explosion + end
    }()

    static let endless: [Instruction] = [
        .move(.r0, 0), .alu(.add, .r0, 1), .jump(if: .less, .r0, 2_000_000_000, skip: -2), .exit,
    ]

    static let wandering: [Instruction] = [
        .move(.r6, .register(.r1)), .move(.r7, 0), .loadWide(.r9, .mapValue(1, offset: 0)),
        .load(.word, .r0, .r6, 8), .jump(if: .equal, .r0, 7, skip: 1), .alu(.add, .r7, 1), .alu(.add, .r7, 2),
        .move(.r1, .register(.r9)), .alu(.add, .r1, .register(.r7)), .load(.byte, .r0, .r1, 0),
        .jump(if: .less, .r7, 60_000_000, skip: -8), .move(.r0, 0), .exit,
    ]

    /// The branch at the start waits, so that states are kept for it; each block changes a slot and jumps twice.
    static let hoard: [Instruction] =
        [.jump(if: .equal, .r0, 0, skip: 0)]
        + (0..<150_000).flatMap { number -> [Instruction] in
            let slot = Int16(-8 * (1 + number % 64))
            return [.alu(.add, .r7, 1), .store(.double, .r10, slot, .register(.r7)), .jump(0), .jump(0)]
        }

    static func deep(count: Int) -> [Instruction] {
        [.load(.word, .r2, .r1, 8), .move(.r0, 0)]
            + (0..<count).flatMap { number -> [Instruction] in
                [.jump(if: .equal, .r2, .immediate(Int32(number)), skip: 1), .alu(.add, .r0, 1)]
            } + [.exit]
    }

    static let long: [Instruction] =
        [.load(.word, .r2, .r1, 8), .move(.r0, 0)]
        + (0..<(ProgramLimits.slots - 3)).map { .alu(.add, .r0, .immediate(Int32($0))) } + [.exit]

    static let branches: [Instruction] =
        [.load(.word, .r2, .r1, 8), .move(.r0, 0)]
        + (0..<(ProgramLimits.slots - 3)).map { .jump(if: .greater, .r2, .immediate(Int32($0)), skip: 0) } + [.exit]
}
