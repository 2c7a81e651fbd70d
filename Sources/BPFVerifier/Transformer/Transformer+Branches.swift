import BPFModel

/// A conditional jump's comparison.
struct Comparison {
    let condition: BranchCondition
    let width: Width
    let left: Register
    let right: Operand
}

extension Transformer {
    /// Whether the comparison comes out the same for everything the state allows; nil where it doesn't.
    func decides(_ comparison: Comparison, _ state: MachineState) -> Bool? {
        let left = state[comparison.left]
        let right = state.value(of: comparison.right)
        if left.kind == .scalar && right.kind == .scalar {
            return left.range.decides(comparison.condition, right.range, comparison.width)
        }
        guard comparison.width == .double, left.kind.isNeverNull, right.constant == 0 else { return nil }
        switch comparison.condition {
        case .equal: return false
        case .notEqual: return true
        case .greater, .greaterOrEqual, .bitsSet, .signedGreater, .signedGreaterOrEqual, .less, .lessOrEqual,
            .signedLess, .signedLessOrEqual:
            return nil
        }
    }

    /// Learns from the comparison's outcome; false where it can't come out so.
    func assume(_ comparison: Comparison, is outcome: Bool, in state: inout MachineState) -> Bool {
        let left = state[comparison.left]
        let right = state.value(of: comparison.right)
        if left.kind == .scalar && right.kind == .scalar {
            return assumeNumbers(comparison, is: outcome, left, right, in: &state)
        }
        guard comparison.width == .double else { return true }
        if left.kind.whenNotNull != nil, right.constant == 0 {
            if let isNull = comparison.condition.isEquality.map({ $0 == outcome }) {
                resolveNull(left.id, isNull: isNull, in: &state)
            }
        } else if let effective = outcome ? comparison.condition : comparison.condition.negated {
            learnPacketRange(effective, left, right, in: &state)
        }
        return true
    }

    private func assumeNumbers(
        _ comparison: Comparison, is outcome: Bool, _ left: RegisterState, _ right: RegisterState,
        in state: inout MachineState
    ) -> Bool {
        var (leftRange, rightRange) = (left.range, right.range)
        ScalarRange.assume(comparison.condition, is: outcome, &leftRange, &rightRange, comparison.width)
        guard !leftRange.isEmpty && !rightRange.isEmpty else { return false }
        let dependencies = left.dependencies.union(right.dependencies)
        if leftRange != left.range { learn(leftRange, dependencies, of: comparison.left, left.id, in: &state) }
        if case .register(let register) = comparison.right, rightRange != right.range {
            learn(rightRange, dependencies, of: register, right.id, in: &state)
        }
        return true
    }

    /// What is learned of a number holds for all its copies.
    private func learn(
        _ range: ScalarRange, _ dependencies: Dependencies, of register: Register, _ id: UInt32,
        in state: inout MachineState
    ) {
        state[register].range = range
        state[register].dependencies.formUnion(dependencies)
        guard id != 0 else { return }
        let offset = state[register].offset
        state.forEachRegister(where: { $0.kind == .scalar && $0.id == id }) {
            let distance = UInt64(truncatingIfNeeded: Int64($0.offset) - Int64(offset))
            let known = distance == 0 ? range : range.applying(.add, ScalarRange(distance), .double)
            $0.range = distance == 0 ? known : $0.range.intersection(known) ?? known
            $0.dependencies.formUnion(dependencies)
        }
    }

    /// What may be 0 is 0, or isn't; with a record that isn't there, there is nothing to give back.
    private func resolveNull(_ id: UInt32, isNull: Bool, in state: inout MachineState) {
        if isNull { _ = state.held.release(id) }
        state.forEachRegister(where: { $0.kind.whenNotNull != nil && $0.id == id }) {
            guard !isNull, let kind = $0.kind.whenNotNull else {
                $0 = .constant(0)
                return
            }
            $0.kind = kind
            if !keepsID($0) { $0.id = 0 }
        }
    }

    /// Whether it matters which of several values, or records, an address belongs to.
    func keepsID(_ pointer: RegisterState) -> Bool {
        pointer.kind == .record || pointer.kind == .mapValue && maps[pointer]?.lock != nil
    }

    /// Learns how much of the packet is there from a comparison with its end that holds.
    ///
    /// Metadata ends where the packet begins.
    private func learnPacketRange(
        _ condition: BranchCondition, _ left: RegisterState, _ right: RegisterState, in state: inout MachineState
    ) {
        switch condition {
        case .less: learnBelow(left, right, excluding: true, in: &state)
        case .lessOrEqual: learnBelow(left, right, excluding: false, in: &state)
        case .greater: learnBelow(right, left, excluding: true, in: &state)
        case .greaterOrEqual: learnBelow(right, left, excluding: false, in: &state)
        case .equal, .notEqual, .bitsSet, .signedGreater, .signedGreaterOrEqual, .signedLess, .signedLessOrEqual:
            break
        }
    }

    private func learnBelow(
        _ pointer: RegisterState, _ end: RegisterState, excluding: Bool, in state: inout MachineState
    ) {
        let isEnd =
            pointer.kind == .packet && end.kind == .packetEnd
            || pointer.kind == .packetMeta && end.kind == .packet && end.offset == 0 && !end.isVariable
        guard isEnd, pointer.offset > 0 || pointer.offset == 0 && excluding else { return }
        let variable = pointer.range.wide.umax
        guard variable <= PointerArithmetic.packetLimit,
            variable + UInt64(pointer.offset) <= PointerArithmetic.packetLimit
        else { return }
        let extent = pointer.offset + (excluding ? 1 : 0)
        state.forEachRegister(where: { $0.kind == pointer.kind && $0.id == pointer.id }) {
            $0.extent = max($0.extent, extent)
        }
    }
}

extension BranchCondition {
    /// True for `equal`, false for `notEqual`, nil for all others.
    fileprivate var isEquality: Bool? {
        switch self {
        case .equal: true
        case .notEqual: false
        case .greater, .greaterOrEqual, .bitsSet, .signedGreater, .signedGreaterOrEqual, .less, .lessOrEqual,
            .signedLess, .signedLessOrEqual:
            nil
        }
    }
}
