import BPFModel

/// Joins common sequences of operations into one, never across a place that something jumps to.
///
/// One dispatch costs as much as the work of a small operation: filters run in half the time when their loads and
/// comparisons are one.
struct Fusion {
    private let drafts: [Draft]
    /// Whether something jumps to each draft.
    private let isTarget: [Bool]

    init(_ drafts: [Draft]) {
        let drafts = Self.withoutUnusedCopies(drafts)
        self.drafts = drafts
        var isTarget = [Bool](repeating: false, count: drafts.count)
        for draft in drafts {
            if let target = draft.target { isTarget[drafts.firstPlace(of: target)] = true }
        }
        self.isTarget = isTarget
    }

    /// Leaves out moves to callee-saved registers that nothing else names: packet loads need no context in `r6` here.
    private static func withoutUnusedCopies(_ drafts: [Draft]) -> [Draft] {
        var uses = [Int](repeating: 0, count: MachineLimits.registers)
        for draft in drafts {
            uses[Int(draft.operation.destination)] += 1
            if draft.operation.source != draft.operation.destination { uses[Int(draft.operation.source)] += 1 }
        }
        return drafts.filter { draft in
            let destination = draft.operation.destination
            return draft.operation.code != .mov64R || !(6...9).contains(destination) || uses[Int(destination)] > 1
        }
    }

    func run() -> [Draft] {
        var result: [Draft] = []
        result.reserveCapacity(drafts.count)
        var index = 0
        while index < drafts.count {
            var draft = drafts[index]
            index += 1
            while index < drafts.count, !isTarget[index], let joined = Self.join(draft, drafts[index]) {
                draft = joined
                index += 1
            }
            result.append(draft)
        }
        return result
    }

    /// Both drafts as one, or nil where there is no such operation.
    private static func join(_ first: Draft, _ second: Draft) -> Draft? {
        var joined = first
        joined.target = second.target
        guard
            let operation =
                constantExit(first.operation, second.operation) ?? addressSum(first.operation, second.operation)
                ?? swappedLoad(first.operation, second.operation)
                ?? headerLength(first.operation, second.operation)
                ?? comparison(first.operation, second.operation)
        else { return nil }
        joined.operation = operation
        return joined
    }

    private static func constantExit(_ first: Operation, _ second: Operation) -> Operation? {
        guard second.code == .exit, first.destination == 0 else { return nil }
        switch first.code {
        case .mov64I: return Operation(code: .exitWith, immediate: first.immediate)
        case .mov32I: return Operation(code: .exitWith, immediate: first.immediate & 0xffff_ffff)
        default: return nil
        }
    }

    private static func addressSum(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.code == .mov64R, second.code == .add64I, first.destination == second.destination else { return nil }
        return Operation(
            code: .lea, destination: first.destination, source: first.source, immediate: second.immediate)
    }

    private static func swappedLoad(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.destination == second.destination else { return nil }
        var joined = first
        switch (first.code, second.code) {
        case (.load16, .swap16): joined.code = .load16Swapped
        case (.load32, .swap32): joined.code = .load32Swapped
        default: return nil
        }
        return joined
    }

    /// A packet byte that is masked, then shifted, then copied.
    private static func headerLength(_ first: Operation, _ second: Operation) -> Operation? {
        var joined = first
        switch (first.code, second.code) {
        case (.packet8, .and32I) where second.destination == 0:
            joined.code = .packet8Masked
            joined.auxiliary = 0
            joined.lowerHalf = UInt32(truncatingIfNeeded: second.immediate)
        case (.packet8Masked, .lsh32I) where second.destination == 0 && first.destination == 0 && first.auxiliary == 0:
            joined.auxiliary = UInt8(second.immediate & 31)
        case (.packet8Masked, .mov32R) where second.source == 0 && first.destination == 0:
            joined.destination = second.destination
        default:
            return nil
        }
        return joined
    }

    /// A load and a comparison of what it loaded with a constant.
    private static func comparison(_ load: Operation, _ branch: Operation) -> Operation? {
        guard load.destination == branch.destination,
            let (condition, operand) = ConstantComparison.of(branch),
            let code = ConstantComparison.fused(load.code, condition)
        else { return nil }
        var joined = load
        joined.code = code
        switch load.code {
        case .load8, .load16Swapped, .load32Swapped: joined.upperHalf = load.offset
        default: break
        }
        joined.offset = 0
        joined.lowerHalf = operand
        return joined
    }
}

/// Comparisons with constants, as fused operations have them: unsigned, on 32 bits.
private enum ConstantComparison {
    /// The comparison a branch makes, in the conditions that fused operations exist for.
    ///
    /// The value compared is one that was just loaded: at most 32 bits, zero-extended.
    static func of(_ branch: Operation) -> (BranchCondition, UInt32)? {
        let word = UInt32(truncatingIfNeeded: branch.immediate)
        let fits = branch.immediate >= 0
        switch branch.code {
        case .equal32I: return (.equal, word)
        case .notEqual32I: return (.notEqual, word)
        case .bitsSet32I: return (.bitsSet, word)
        case .greater32I: return (.greater, word)
        case .lessOrEqual32I: return (.lessOrEqual, word)
        case .greaterOrEqual32I: return word > 0 ? (.greater, word - 1) : nil
        case .less32I: return word > 0 ? (.lessOrEqual, word - 1) : nil
        case .equal64I: return fits ? (.equal, word) : nil
        case .notEqual64I: return fits ? (.notEqual, word) : nil
        case .bitsSet64I: return fits ? (.bitsSet, word) : nil
        case .greater64I: return fits ? (.greater, word) : nil
        case .lessOrEqual64I: return fits ? (.lessOrEqual, word) : nil
        case .greaterOrEqual64I: return fits && word > 0 ? (.greater, word - 1) : nil
        case .less64I: return fits && word > 0 ? (.lessOrEqual, word - 1) : nil
        default: return nil
        }
    }

    /// The operation of a load followed by a comparison, where there is one.
    static func fused(_ load: Opcode, _ condition: BranchCondition) -> Opcode? {
        rows.first { $0.load == load && $0.condition == condition }?.fused
    }

    private static let rows: [(load: Opcode, condition: BranchCondition, fused: Opcode)] = [
        (.packet8, .equal, .packet8Equal), (.packet8, .notEqual, .packet8NotEqual),
        (.packet8, .bitsSet, .packet8BitsSet), (.packet8, .greater, .packet8Greater),
        (.packet8, .lessOrEqual, .packet8LessOrEqual),
        (.packet16, .equal, .packet16Equal), (.packet16, .notEqual, .packet16NotEqual),
        (.packet16, .bitsSet, .packet16BitsSet), (.packet16, .greater, .packet16Greater),
        (.packet16, .lessOrEqual, .packet16LessOrEqual),
        (.packet32, .equal, .packet32Equal), (.packet32, .notEqual, .packet32NotEqual),
        (.packet32, .bitsSet, .packet32BitsSet), (.packet32, .greater, .packet32Greater),
        (.packet32, .lessOrEqual, .packet32LessOrEqual),
        (.packetIndirect8, .equal, .indirect8Equal), (.packetIndirect8, .notEqual, .indirect8NotEqual),
        (.packetIndirect16, .equal, .indirect16Equal), (.packetIndirect16, .notEqual, .indirect16NotEqual),
        (.packetIndirect16, .bitsSet, .indirect16BitsSet), (.packetIndirect16, .greater, .indirect16Greater),
        (.packetIndirect16, .lessOrEqual, .indirect16LessOrEqual),
        (.packetIndirect32, .equal, .indirect32Equal), (.packetIndirect32, .notEqual, .indirect32NotEqual),
        (.load8, .equal, .load8Equal), (.load8, .notEqual, .load8NotEqual),
        (.load16Swapped, .equal, .load16SwappedEqual), (.load16Swapped, .notEqual, .load16SwappedNotEqual),
        (.load32Swapped, .equal, .load32SwappedEqual), (.load32Swapped, .notEqual, .load32SwappedNotEqual),
    ]
}
