/// Joins common sequences of operations into one, never across a place that something jumps to.
///
/// One dispatch costs as much as the work of a small operation: filters run in half the time when their loads and
/// comparisons are one.
struct Fusion {
    private let drafts: [Draft]
    /// Whether something jumps to each draft.
    private let isTarget: [Bool]

    init(_ drafts: [Draft]) {
        let drafts = Self.withoutJumpsToTheNext(Self.withoutUnusedCopies(drafts))
        self.drafts = drafts
        var isTarget = [Bool](repeating: false, count: drafts.count)
        for draft in drafts {
            guard let target = draft.target else { continue }
            isTarget[drafts.firstPlace(of: target, entering: draft.entersFunction)] = true
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

    /// Leaves out jumps to what comes next anyway, as dead code leaves them behind.
    private static func withoutJumpsToTheNext(_ drafts: [Draft]) -> [Draft] {
        drafts.enumerated().filter { index, draft in
            draft.operation.code != .jump || draft.target.map { drafts.firstPlace(of: $0) } != index + 1
        }.map(\.element)
    }

    func run() -> [Draft] {
        var result: [Draft] = []
        result.reserveCapacity(drafts.count)
        var index = 0
        while index < drafts.count {
            var draft = drafts[index]
            index += 1
            while index < drafts.count, !isTarget[index], let joined = join(draft, index) {
                draft = joined
                index += 1
            }
            result.append(draft)
        }
        return result
    }

    /// The rules that need to know only the two operations.
    private static let rules: [@Sendable (Operation, Operation) -> Operation?] = [
        constantExit, addressSum, boundsCheck, swappedLoad, headerLength, network, comparison, counter, storePair,
    ]

    /// The draft and the one at `index` as one, or nil where there is no such operation.
    private func join(_ draft: Draft, _ index: Int) -> Draft? {
        let second = drafts[index].operation
        var joined = Self.rules.lazy.compactMap { $0(draft.operation, second) }.first
        joined = joined ?? either(draft, index)
        joined = joined ?? moves(draft.operation, index)
        guard let joined else { return nil }
        return Draft(operation: joined, instruction: draft.instruction, target: drafts[index].target)
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

    private static func boundsCheck(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.code == .lea, second.code == .greater64R, first.destination == second.destination else {
            return nil
        }
        var joined = first
        joined.code = .leaGreater
        joined.auxiliary = second.source
        return joined
    }

    /// Two moves, unless the second does better with what comes after it.
    private func moves(_ first: Operation, _ index: Int) -> Operation? {
        let second = drafts[index].operation
        guard first.code == .mov64R, second.code == .mov64R else { return nil }
        let next = index + 1
        if next < drafts.count, !isTarget[next], Self.addressSum(second, drafts[next].operation) != nil { return nil }
        var joined = first
        joined.code = .move2
        joined.auxiliary = second.destination
        joined.lowerHalf = UInt32(second.source)
        return joined
    }

    private static func storePair(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.code == .store32R, second.code == .store32R, first.destination == second.destination else {
            return nil
        }
        var joined = first
        joined.code = .store32Pair
        joined.auxiliary = second.source
        joined.upperHalf = second.offset
        return joined
    }

    /// A double word that is loaded, added to, and stored where it was.
    private static func counter(_ first: Operation, _ second: Operation) -> Operation? {
        var joined = first
        switch (first.code, second.code) {
        case (.load64, .add64I) where first.destination == second.destination:
            joined.code = .load64AddI
            joined.immediate = second.immediate
        case (.load64, .add64R) where first.destination == second.destination && second.source != second.destination:
            joined.code = .load64AddR
            joined.auxiliary = second.source
        case (.load64AddI, .store64R), (.load64AddR, .store64R):
            guard second.destination == first.source, second.source == first.destination,
                second.offset == first.offset, first.destination != first.source
            else { return nil }
            joined.code = first.code == .load64AddI ? .addToMemoryI : .addToMemoryR
        default:
            return nil
        }
        return joined
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

    /// A packet word that is masked, then compared; the offset has to fit a byte then.
    private static func network(_ first: Operation, _ second: Operation) -> Operation? {
        var joined = first
        let word = UInt32(truncatingIfNeeded: second.immediate)
        switch (first.code, second.code) {
        case (.packet32, .and32I) where second.destination == 0:
            joined.code = .packet32Masked
            joined.lowerHalf = word
        case (.packet32Masked, .equal32I), (.packet32Masked, .notEqual32I):
            guard second.destination == 0, (0...255).contains(first.upperHalf) else { return nil }
            joined.code = second.code == .equal32I ? .packet32MaskedEqual : .packet32MaskedNotEqual
            joined.auxiliary = UInt8(first.upperHalf)
            joined.upperHalf = Int32(bitPattern: first.lowerHalf)
            joined.lowerHalf = word
        default:
            return nil
        }
        return joined
    }

    /// Two comparisons of one register with constants that jump to one place.
    private func either(_ draft: Draft, _ index: Int) -> Operation? {
        let first = draft.operation
        let second = drafts[index].operation
        guard first.code == second.code, first.destination == second.destination, draft.target == drafts[index].target
        else { return nil }
        var joined = first
        switch first.code {
        case .equal32I: joined.code = .equalEither32
        case .equal64I:
            // Half of the immediate holds no negative number.
            guard first.immediate >= 0, second.immediate >= 0 else { return nil }
            joined.code = .equalEither64
        default: return nil
        }
        joined.lowerHalf = UInt32(truncatingIfNeeded: first.immediate)
        joined.upperHalf = Int32(truncatingIfNeeded: second.immediate)
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
        case .load8, .load32, .load16Swapped, .load32Swapped: joined.upperHalf = load.offset
        default: break
        }
        joined.offset = 0
        joined.lowerHalf = operand
        return joined
    }
}
